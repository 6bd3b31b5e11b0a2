/** What every configuration begins with. */
export const PAGE_AND_LINE = `page:
  operator: { zh-CN: 测试, en: Test }
  title: { zh-CN: 测试, en: Test }
  zone: Asia/Shanghai
  contact: test@example.invalid
  public_url: http://127.0.0.1:1
lines:
  local: { name: { zh-CN: 本机, en: This machine } }
`;
