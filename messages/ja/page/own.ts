import type zhCN from '../../zh-CN/page/own.ts';

export default {
  'own.line': '当方の回線に障害が発生',
  'own.line_named': '当方の回線（{line}）に障害が発生',
  'own.clock': '当方の時計に障害が発生',
  'own.disk': '当方のディスクに障害が発生',
  'own.lock': '別のプログラムが当方のデータベースを占有',
  'own.ledger': '当方が記録した状態と再判定の結果が不一致',
  'own.machine': '当方のマシンに障害が発生',
  'own.process': '当方のプログラムの1つが繰り返し中断',
  'own.stopped': '監視がすべて停止',
  'own.line_effect':
    'この回線から見た失敗はシステムの障害に数えません。確認できない機能は不明と表示します。',
  'own.clock_effect':
    'ここに示す時刻はずれている可能性があります。時計が進んで飛ばされた時間は測定なしとします。',
  'own.disk_effect':
    '新しい測定を記録できない可能性があります。記録できなかった時間は測定なしとします。',
  'own.lock_effect':
    '新しい測定は当面記録できず、後から記録します。記録できなかった時間は測定なしとします。',
  'own.ledger_effect':
    '過去数日間の一部の時間帯の記録に誤りがある可能性があり、確認中です。' +
    '現在の状態は通常どおり判定しています。',
  'own.machine_effect':
    '当方のマシンの過負荷、一時停止、プログラムのエラーの間に見えた失敗は、' +
    'システムの障害に数えません。確認できない機能は不明と表示します。',
  'own.process_effect': 'そのつど再起動します。その間に測定されなかった機能は不明と表示します。',
  'own.stopped_effect': '今後は測定も通知も行いません。担当者が対処して再起動するまで続きます。',
  'own.told': '{what}。{effect}',
  'own.title': '当方の障害',
  'own.since': '{time}から',
  'own.tag': '当方',
  'own.goes_on': '未復旧',
  'own.unseen': '終了は未確認',
  'own.over': '復旧済み',
} satisfies Record<keyof typeof zhCN, string>;
