-- The ledger is read in the order of recording: the state at an instant is that of the transition
-- recorded last among those that began before it. Newest first, this finds it within a few rows.
create index transition_component_seq on transition (component, seq, since);
drop index transition_component_since;
