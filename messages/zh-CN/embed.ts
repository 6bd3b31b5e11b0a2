/** 嵌在别家网页里的状态（piaokuang-status）的文字，和它的程序一起下载。 */
export default {
  'embed.title': '发票系统状态',
  'embed.asking': '正在查询',
  'embed.lost': '未知：连不上状态页',
  'embed.expired': '未知：没有新的测量',
  'embed.missing': '未知：状态页没有这一项',
  'embed.page': '查看状态页',
  'embed.now': '刚刚测量',
  'embed.seconds_ago': '{n} 秒前测量',
  'embed.minutes_ago': '{n} 分钟前测量',
  'embed.hours_ago': '{n} 小时前测量',
} as const;
