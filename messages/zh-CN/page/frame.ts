export default {
  'list.separator': '、',

  'sentence.separator': '',

  'fact.separator': '：',

  'text.with_aside': '{text}（{aside}）',

  'duration.seconds': '{n} 秒',
  'duration.minutes': '{n} 分钟',
  'duration.minutes_before_seconds': '{n} 分',
  'duration.hours': '{n} 小时',
  'duration.days': '{n} 天',
  'duration.under_a_minute': '不到 1 分钟',
  'duration.pair': '{large} {small}',

  'relative.now': '刚刚',
  'relative.ago': '{duration}前',

  'told.at': '截至 {time}（{zone}）',

  'feed.title': '{title}：事件与维护',

  'calendar.title': '{title}：维护',

  'page.skip': '跳到系统状态',
  'page.subscribe': '订阅通知',
  'page.languages': '语言',
  'page.tasks': '现在能办吗',
  'page.components': '{n} 项功能',
  'page.no_systems': '还没有配置要测量的系统。',
  'page.simulator': '模拟系统',
  'page.sandbox': '沙箱环境',
  'page.legend': '图例',
  'page.legend_no_data': '没有测量',
  'page.legend_shorter': '当天另有不足 5 分钟的中断',
  'page.unofficial': '非官方，由 {operator} 测量',
  'page.zone': '所有时间的时区：{zone}。',
  'page.year': '没有写年份的日期都在 {year} 年。',
  'page.feeds': '事件与维护的订阅源和维护日历：',
  'page.data': '数据接口（Statuspage v2）',
  'page.description': '{title}：{verdict}',
  'page.stale_title': '这页可能已经过时',
  'page.stale_lost': '和服务器的连接断开了，正在重连。下面是断开前的结果，请不要当作现在的状态。',
  'page.left_open': '这页打开已超过 {duration}，没有再更新。现在的状态请重新打开再看。',
  'page.stale_not_fetched':
    '没能从服务器取到最新的内容，正在重试。下面是以前取到的，请不要当作现在的状态。',
  'page.stale_expired': '已经过了有效期，没有收到新的测量。现在的状态未知。',

  'demo.title': '演示数据',
  'demo.about': '系统和此前的历史都是模拟的，与真实的系统和公司无关。试一试，约半分钟见效：',
  'demo.slow_download': '让下载变慢',
  'demo.drills': '更多演练',
  'demo.stalled_sync': '停掉同步',
  'demo.mailbox': '看看订阅的人收到什么：演示邮箱',
  'demo.recover': '恢复',
} as const;
