/** 只由服务器显示的文字，浏览器不必载入：证据、没有测量的时段、怎么测。 */
export default {
  'gaps.title': '我们没有测量的时段',
  'gaps.about':
    '这些时段是我们自己没有测量，或没能及时记下。没有测量的时间既不算正常，也不算中断。',
  'gaps.time': '时段',
  'gaps.duration': '时长',
  'gaps.cause': '原因',
  'gaps.cut': '只列出最近 {n} 段。',
  'unavailable.title': '暂时存不下来',
  'unavailable.about': '我们的数据库暂时不能用，刚才提交的内容没有保存。请过一会儿再试一次。',
  'incident.waiting': '证据：等待的发票',
  'incident.waiting_about':
    '开始时或结束时还在等的发票，按受理的分钟合并。摘要由发票号码算出，看不出号码。',
  'incident.waiting_about_open':
    '开始时还在等或现在还在等的发票，按受理的分钟合并。摘要由发票号码算出，看不出号码。',
  'incident.waiting_kept': '不再等待的发票，受理后只保存 {duration}：受理更早的可能已不在这里。',
  'incident.waiting_cut': '只列出前 {n} 张。',
  'incident.evidence': '证据：逐分钟的失败测量',
  'incident.evidence_about': '这段时间里失败的测量，按分钟合并。时间是测量开始的时间。',
  'incident.evidence_none': '这段时间没有失败的测量。',
  'incident.evidence_gone': '明细只保存 {duration}，更早的失败测量这里没有。',
  'incident.evidence_own': '自有业务上报的失败没有列在这里。',
  'incident.evidence_cut': '只列出前 {n} 次。',
  'page.method': '我们怎么测量',
  'page.method_body':
    '我们从外面像普通用户一样使用这些系统，并记录每一次的结果。失败要先看清不是我们自己的线路或机器的问题；' +
    '连续失败到不像偶然（一般 2 到 8 次）才算中断，连续两次成功才算恢复；超过有效期没有新的测量就显示未知。' +
    '可用 = 1 − 中断 ÷（测量到的时间 − 按时公告的维护里的故障），截断到两位小数；部分中断另列，不算中断。' +
    '测到可用的时间从不算中断，不管有没有公告。我们自己停机的时间不计入。',
} as const;
