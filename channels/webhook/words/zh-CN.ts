export default {
  name: 'Webhook（给程序接收）',
  label: '接收地址',
  hint: 'https 地址，消息用 POST 发送，按 Standard Webhooks 签名。第一条消息里有确认链接。',
  secret: '签名密钥',
  secret_about: '只显示这一次，请现在保存。用它验证每条消息的签名（Standard Webhooks）。',
  'problem.missing': '请填写接收地址。',
  'problem.not_an_address': '这不是一个网址。应该像 https://example.com/hook，最长 500 个字符。',
  'problem.credentials': '网址里不能带用户名和密码。',
  'problem.not_https': '只接受 https 开头的网址。',
  'problem.port_not_allowed': '只接受 443 和 8443 端口。',
  'problem.not_public': '这是内部网络的地址，我们只向公网地址发送。',
};
