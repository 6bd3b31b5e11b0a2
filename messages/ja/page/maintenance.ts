import type zhCN from '../../zh-CN/page/maintenance.ts';

export default {
  'maintenance_status.draft': '下書き',
  'maintenance_status.scheduled': 'メンテナンス予定',
  'maintenance_status.in_progress': 'メンテナンス中',
  'maintenance_status.overrun': '告知された終了時刻を超過',
  'maintenance_status.verifying': '終了、復旧を確認中',
  'maintenance_status.completed': '完了',
  'maintenance_status.passed': '告知された時間が経過',
  'maintenance_status.cancelled': '中止',

  'maintenance_time.planned': '当初の予定：{period}',
  'maintenance_time.began': '{from}開始（当初の予定：{period}）',
  'maintenance_time.overrun': '{from}開始、告知された終了は{until}、終了の宣言なし',
  'maintenance_time.otherwise': '{is}（当初の予定：{period}）',

  'maintenance.scope': '影響範囲',
  'maintenance.time': '時間',
  'maintenance.recovery': '復旧予定',
  'maintenance.recovery_was': '当初の復旧予定',
  'maintenance.stays_open': 'メンテナンス中も利用可能',
  'maintenance.workaround': '代替手段',
  'maintenance.progress': '詳細と経過',
  'maintenance.fact': '{term}：{text}',
  'maintenance.scope_of': '{system}：{functions}',
  'maintenance.scope_separator': '／',
  'maintenance.chat_title': '【{status}】{title}',
  'maintenance.tag': 'メンテナンス',

  'maintenances.title': 'メンテナンス',

  'maintenance.of_component': '{status}：{period}',
  'maintenance.actual': '実際の時間',
  'maintenance.actual_from': '{from}開始',
  'maintenance.announced_at': '告知日時',
  'maintenance.ahead': '{time}（開始の{duration}前）',
  'maintenance.behind': '{time}（事前の告知なし）',
  'maintenance.revised_at': '最終変更',
  'maintenance.accounting': '稼働率の計算',
  'maintenance.excluded':
    '{period}は期限内に告知されたため、その間の停止は稼働率に算入しません。' +
    'その他の時間は通常どおり算入します。',
  'maintenance.excluded_in_part':
    '{period}は次の機能について期限内に告知されたため、その間の停止は稼働率に算入しません：{scope}。' +
    'その他の機能と時間は通常どおり算入します。',
  'maintenance.announced_late':
    '{notice}前までに告知されなかったため、その間に測定された停止は通常どおり算入します。',
  'maintenance.revised_late':
    '最後の変更が{notice}前までに告知されなかったため、その間に測定された停止は通常どおり算入します。',
  'maintenance.ran_otherwise':
    '期限内に告知された時間とは別の時間に行われたため、その間に測定された停止は通常どおり算入します。',
  'maintenance.counted_cancelled': '中止されたため、その間に測定された停止は通常どおり算入します。',
  'maintenance.timeline': '経過（新しい順）',
  'maintenance.chat': 'チャットで共有',
  'maintenance.chat_about':
    '次の文章をチャットにコピーすると、ページを開かなくても内容が伝わります。',
  'maintenance.copy': '文章をコピー',
  'maintenance.copied': 'コピーしました',
  'maintenance.qr': 'QRコードでこのページを開く',
  'maintenance.calendar': 'メンテナンスのカレンダーを購読（iCalendar）',
} satisfies Record<keyof typeof zhCN, string>;
