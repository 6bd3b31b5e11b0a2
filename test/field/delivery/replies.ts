/** One response. */
export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body: string | Buffer;
}

const HTML = { 'content-type': 'text/html;charset=UTF-8' };
const page = (title: string, body: string, status = 200): Reply => ({
  status,
  headers: HTML,
  body: `<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`,
});

/** A script that only a browser runs, as firewalls send it. */
const CHALLENGE = '<script>var _$jh="qrRZ";(function(){eval(_$jh)})()</script>';

/** What hosts answer to programs: never an outage. */
export const REFUSALS: Record<string, Reply> = {
  'a redirect to a login': {
    status: 302,
    headers: { location: '/login?service=qrcode' },
    body: '',
  },
  'a redirect to the login of another host': {
    status: 302,
    headers: { location: 'https://tpass.example.gov.cn/sso/login' },
    body: '',
  },
  'a redirect to a login at another path': {
    status: 303,
    headers: { location: '../../cas/login.do' },
    body: '',
  },
  'a redirect to the home page': { status: 302, headers: { location: '/' }, body: '' },
  '511': page('Network Authentication Required', '', 511),
  '403': page('Forbidden', '', 403),
  '412 with a script': { status: 412, headers: HTML, body: CHALLENGE },
  'a captcha': page('安全验证', '<p>请输入验证码</p><img src="/captcha.jpg"><input>'),
  'the page of a firewall': page('提示', '您的请求疑似攻击行为,已被拦截'),
  '429': { status: 429, body: '' },
};

/** What hosts answer to a link that they do not accept any more: our affair, never an outage. */
export const DEAD_LINKS: Record<string, Reply> = {
  '404': page('Not Found', '', 404),
  '410': { status: 410, body: '' },
  'an expired link': page('提示', '<p>该链接已失效,请联系开票方</p>'),
  'an expired link in GBK': {
    status: 200,
    headers: { 'content-type': 'text/html;charset=GBK' },
    // 链接已失效
    body: Buffer.concat([
      Buffer.from('<html><head><title></title></head><body><p>'),
      Buffer.from('c1b4bdd3d2d1caa7d0a7', 'hex'),
      Buffer.from('</p></body></html>'),
    ]),
  },
};

/** The same, where a file was asked for. */
export const NO_FILES: Record<string, Reply> = {
  'FAIL in JSON': {
    status: 200,
    headers: { 'content-type': 'application/octet-stream' },
    body: '{"Response":{"Result":"FAIL","Error":{"Code":"-1"}}}',
  },
  '文件下载失败 with 200': page('', '<div class="err">文件下载失败</div>'),
};
