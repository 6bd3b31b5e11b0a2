/** What every configuration begins with: a page and a line; systems follow. */
export const CONFIGURATION_HEAD = `
page:
  operator: { zh-CN: 测, en: T }
  title: { zh-CN: 测, en: T }
  public_url: https://status.example.org
  contact: ops@example.org
lines:
  office: { name: { zh-CN: 办, en: Office } }
systems:
`;
