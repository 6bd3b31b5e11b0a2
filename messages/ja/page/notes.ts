import type zhCN from '../../zh-CN/page/notes.ts';

export default {
  'note.checks_failing': '{checks}が連続して失敗：{reason}。',
  'note.checks_failing_plain': '連続して失敗：{reason}。',
  'note.no_reason': '成功せず',
  'note.line_failing':
    '{lines}からの測定が失敗：{reason}。他の回線は正常で、' +
    '影響は一部のネットワークだけかもしれません。',
  'note.own_failing': '{lines}が連続して失敗：{reason}。',
  'note.some_users_affected': '一部の利用者に影響：直近{window}の測定{n}回のうち{bad}回が失敗。',
  'note.some_own_affected':
    '一部の利用者に影響：{window}の間に自社取引の処理{n}回のうち{bad}回が失敗。',
  'note.own_traffic': '自社取引',
  'note.slow': '{checks}が通常より遅くなっています。',
  'note.slow_plain': '通常より遅くなっていますが、手続きはできます。',
  'note.sync_slow':
    '遅延：最近受理された発票{n}件のうち、半数を超える発票で{limit}を超える待ち時間になっています。',
  'note.stalled':
    '同期が停滞：発票{waiting}件が到着待ちで、新たな到着がありません。' +
    '最も早いものは{time}に受理されました。',
  'note.catching_up':
    '滞留分が順次到着中：再び発票が届いていますが、まだ{overdue}件が期限を過ぎて届いていません。',
  'note.part_lost':
    '一部の発票が未着：届くはずの{n}件のうち{missing}件が届いていませんが、' +
    'より後に受理された発票は届いています。',
  'note.maybe_our_line':
    '当方の回線（{line}）の問題かもしれません。比較できるサイトがほかになく、' +
    'システムの障害とは限りません。',
  'note.says_maintenance':
    '{checks}：システムはメンテナンス中と応答していますが、告知は確認できていません。',
  'note.says_maintenance_plain':
    'システムはメンテナンス中と応答していますが、告知は確認できていません。',
  'note.still_maintained':
    '{checks}：システムはなおメンテナンス中と応答していますが、' +
    '告知されたメンテナンス時間は過ぎています。',
  'note.still_maintained_plain':
    'システムはなおメンテナンス中と応答していますが、告知されたメンテナンス時間は過ぎています。',
  'note.degraded': '{checks}は制限付きで利用可能：{reason}。',
  'note.degraded_plain': '制限付きで利用可能：{reason}。',
  'note.learning': '通常の状態を学習している途中のため、通常より遅いかどうかはまだ判断できません。',
  'note.quiet':
    '{time}以降、判定できる自社の取引はありません。この時間帯は普段から少ないため、' +
    '分かるのはその時点で正常だったことだけです。',
  'note.not_known': '{checks}：現在は判断できません。',
  'note.not_known_plain': '一部の測定項目は現在判断できません。',
  'note.unconfirmed': '{time}の測定が失敗しました（{reason}）。停止かどうかを確認しています。',
  'note.recovering': '{time}の測定は正常でした。復旧したかどうかを確認しています。',
  'note.never_measured':
    'まだ一度も測定していません。最初の測定が終わると、ここに結果が表示されます。',
  'note.expired': '{time}より後に新しい測定がないため、正常とは言えません。',
  'note.not_judged': '正常かどうか判断できません：{why}（最後の応答は{time}）。',
  'note.not_judged_unanswered': '正常かどうか判断できません：{why}（{time}の測定）。',
  'note.waits_for':
    '正常かどうか判断できません：{time}の測定が失敗し、依存先の{function}も成功していません。',
  'note.last_judged': '結論の出た最後の測定：{time}。',
  'note.look_unanswered':
    '確認できません：{time}より後にシステムからの応答がなく、発票が届いたかどうか分かりません。',
  'note.look_unanswered_never':
    '確認できません：システムからの応答がまだ一度もなく、発票が届いたかどうか分かりません。',
  'note.nothing_to_follow_yet': '追跡できる発票がまだないため、同期が正常かどうか分かりません。',
  'note.nothing_to_follow':
    '{time}より後に追跡できる発票がないため、同期が正常かどうか分かりません。',
  'note.none_arrived':
    '追跡している発票{n}件がまだ1件も届いていないため、同期が正常かどうか分かりません。',
  'note.self':
    '当方の測定に問題がありました（{reason}）。システムに障害があるという意味ではありません。',
  'note.gap':
    '当方の測定は{time}からしばらく停止していました。' +
    'システムに障害があるという意味ではありません。',
  'note.gap_because':
    '当方の測定は{time}からしばらく停止していました（{cause}）。' +
    'システムに障害があるという意味ではありません。',
  'note.maintenance': '告知されたメンテナンスが進行中です。',
  'note.maintenance_up': '告知されたメンテナンスが進行中です。測定では利用できます。',
  'note.maintenance_partly': '告知されたメンテナンスが進行中です。測定では一部が利用できません。',
  'note.maintenance_down': '告知されたメンテナンスが進行中です。測定では利用できません。',
  'note.noticed': '{checks}：{what}。',
  'note.noticed_plain': '{what}。',
  'note.since': '{time}から続いています。',

  'gap.restart': '測定プログラムの停止',
  'gap.suspended': '当方のマシンの一時停止',
  'gap.clock': '時計が進められた',
  'gap.disk': '当方のディスクに書き込めず',
  'gap.lock': '当方のデータベースが占有された',
  'gap.restored': 'バックアップからの復元',
  'gap.of_incident': 'このうち{from} – {to}は測定していません（{cause}）。',
  'gap.of_incident_unrecorded': 'このうち{from} – {to}はすぐに記録できませんでした（{cause}）。',
} satisfies Record<keyof typeof zhCN, string>;
