import type zhCN from '../../zh-CN/page/history.ts';

export default {
  'bars.label': '{system}の{function}：過去{days}日の毎日の状態',
  'bars.start': '{days}日前',
  'bars.end': '今日',
  'bars.table': '日別の一覧',
  'bars.table_caption':
    '{system}の{function}、{zone}の毎日。1日の状態は、5分以上続いた最も悪い状態です',
  'bars.day': '日付',
  'bars.state': '状態',
  'bars.shorter': '短時間の{state}（{duration}）',
  'bars.down': '停止時間',
  'bars.partial': '一部に影響',
  'bars.day_availability': '稼働率',
  'bars.day_promise': '期限内の到着',
  'bars.runs': '測定回数',
  'bars.with_told': '{n}（うち報告{told}件）',
  'bars.good': '成功',
  'bars.invoices': '期限到来件数',
  'bars.no_data': '測定なし',
  'bars.little_data': '測定は5分未満',
  'bars.down_none': 'なし',
  'bars.span': '{from}〜{to}',
  'bars.day_gap': '{duration}測定なし（{cause}）',
  'bars.day_gap_unrecorded': '{duration}記録の遅れ（{cause}）',
} satisfies Record<keyof typeof zhCN, string>;
