import type zhCN from '../zh-CN/embed.ts';

export default {
  'embed.title': '発票システムの状態',
  'embed.asking': '確認中',
  'embed.lost': '不明：接続できません',
  'embed.expired': '不明：新しい測定なし',
  'embed.missing': '不明：該当する項目なし',
  'embed.page': 'ステータスページ',
  'embed.now': 'たった今測定',
  'embed.seconds_ago': '{n}秒前に測定',
  'embed.minutes_ago': '{n}分前に測定',
  'embed.hours_ago': '{n}時間前に測定',
} as const satisfies Record<keyof typeof zhCN, string>;
