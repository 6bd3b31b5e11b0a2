export default {
  name: '邮件',
  label: '邮箱地址',
  'problem.missing': '请填写邮箱地址。',
  'problem.line_break': '邮箱地址里不能有换行等控制字符。',
  'problem.no_mailbox': '这不像一个邮箱地址。应该像 name@example.com，只填一个。',
  'mail.simulated': '模拟数据：不涉及任何真实的系统和公司。',
  'mail.because': '你收到这封邮件，是因为用 {address} 订阅了“{title}”。',
  'mail.because_operator': '你收到这封邮件，是因为 {address} 是“{title}”的值班邮箱。',
  'mail.manage': '修改订阅',
  'mail.unsubscribe': '退订',
  'mail.zone': '时间均为{zone}。',
};
