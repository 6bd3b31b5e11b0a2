import { openLedger } from '../../simulators/ledger.ts';

/** Accepts invoices as fast as it can and tells its parent after each one, until it is killed. */
const ledger = openLedger(process.argv[2] ?? '', 0);
let i = 0;

function acceptNext(): void {
  i += 1;
  ledger.accept({
    order_sn: `order-${i}`,
    serial_no: 's',
    number: String(i),
    issued: '20260302100000',
    accepted_at: i,
  });
  process.send?.(i);
  setImmediate(acceptNext);
}
acceptNext();
