import type zhCN from '../../zh-CN/page/updates.ts';

export default {
  'incident_status.investigating': '継続中',
  'incident_status.identified': '特定済み',
  'incident_status.under_maintenance': 'メンテナンス中',
  'incident_status.monitoring': '復旧済み、経過観察中',
  'incident_status.unclear': '状況不明',
  'incident_status.resolved': '解決済み',
  'incident_status.postmortem': '事後検証',

  'impact.none': '影響なし',
  'impact.minor': '軽微',
  'impact.major': '大きい',
  'impact.critical': '重大',

  'update.opened': '{affected}。測定を続け、変化があればここに記載します。',
  'update.joined': 'さらに影響を受けた機能があります：{affected}。',
  'update.worse': '状況が悪化しました：{affected}。',
  'update.better': '状況が改善しました：{affected}。',
  'update.known': '再び測定できるようになりました：{affected}。',
  'update.unclear': '現在の状況は不明です：{affected}。測定できた後、ここに記載します。',
  'update.unclear_in_part': '一部の機能の状況が不明です：{affected}。',
  'update.recovered': '測定結果が正常に戻りました：{affected}。しばらく経過を観察します。',
  'update.recovered_before': '測定結果はいったん正常に戻っていました：{affected}。',
  'update.resolved': '復旧し、正常な状態が続いています。インシデントを終了します。',
  'update.dropped': '測定の対象から外れたため、その後の状況は分かりません：{affected}。',
  'update.closed':
    '測定できないまま、終了は確認されていません。このインシデントは今後更新されません。',
  'update.still': '現在の状況：{affected}。',
  'update.held_back': 'これより前にさらに{n}回発生しましたが、個別には通知していません。',
  'update.reopened': '再び発生しました：{affected}。インシデントを再開します。',
  'update.affected': '{function}：{from} → {to}',
  'update.then.unknown': 'その後の状況は不明',
  'update.then.under_maintenance': 'その後メンテナンスに移行',
  'update.not_recorded': '対象の機能は記録されていません',
  'update.length': '影響のあった時間：{length}。',
  'update.maybe_our_line': '当方の回線の問題かもしれず、システムの障害とは限りません。',

  'maintenance_update.announced': 'メンテナンスの予定を告知しました。',
  'maintenance_update.revised':
    'メンテナンスの予定に変更があります。現在告知されている時間と範囲をご確認ください。',
  'maintenance_update.reminder': 'まもなくメンテナンスが始まります。事前にご準備ください。',
  'maintenance_update.started': 'メンテナンスを開始しました。',
  'maintenance_update.extended':
    'メンテナンスの時間を延長します。現在告知されている終了時刻をご確認ください。',
  'maintenance_update.overrun': '告知した終了時刻を過ぎましたが、終了はまだ宣言されていません。',
  'maintenance_update.ended':
    'メンテナンス作業が終了しました。機能が復旧したかどうかを測定しています。',
  'maintenance_update.completed': '対象の機能が正常に復旧し、メンテナンスが完了しました。',
  'maintenance_update.passed':
    '告知されたメンテナンス時間が過ぎました。その間は当方で測定していないため、' +
    '予定どおり行われたかどうか分かりません。機能が正常かどうかを測定しています。',
  'maintenance_update.found_well': '対象の機能は測定で正常です。',
  'maintenance_update.cancelled': 'メンテナンスは中止され、実施されません。',
} satisfies Record<keyof typeof zhCN, string>;
