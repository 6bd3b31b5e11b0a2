import { execFile, execFileSync } from 'node:child_process';
import type { CurlRecord } from './recorded.ts';

export const curlVersion = () =>
  execFileSync('curl', ['--version'], { encoding: 'utf8' }).split(' ').slice(0, 2).join(' ');

/** A plain GET that follows redirects and keeps cookies. */
export function readByCurl(url: string, root_file: string): Promise<CurlRecord> {
  const args = ['--silent', '--location', '--max-time', '8', '--cookie', '', '--noproxy', '*'];
  const told = ['--output', '/dev/null', '--write-out', '%{http_code} %{size_download}'];
  return new Promise((resolve) => {
    execFile('curl', [...args, ...told, '--cacert', root_file, url], (error, stdout) => {
      const [status = 0, size = 0] = stdout.split(' ').map(Number);
      resolve({ exit: Number(error?.code ?? 0), status, size });
    });
  });
}
