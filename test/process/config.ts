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

/** The simulated platforms that a loaded installation measures, as the entries of `systems`. */
export function simulatedSystems(origin: string): string {
  return `  pinduoduo:
    name: { zh-CN: 拼多多, en: Pinduoduo }
    driver: pinduoduo
    environment: simulator
    url: ${origin}/pinduoduo
    settings:
      client_id: simulated-client
      client_secret: simulated-secret
      access_token: simulated-token
  beijing:
    name: { zh-CN: 北京, en: Beijing }
    driver: beijing
    environment: simulator
    url: ${origin}/beijing
`;
}

/** The entry of a check that runs every second. */
export function everySecond(id: string, system: string, fn: string, options = ''): string {
  return `  ${id}:
    system: ${system}
    function: ${fn}
    schedule: '* * * * * *'
    deadline: 900ms
    ${options}`;
}
