import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Programs used by tests: Debian packages, files that show whether each is installed, and their
 * services.
 */
const TEST_PACKAGES = [
  { name: 'chromium', files: ['/usr/bin/chromium'] },
  {
    name: 'prometheus',
    files: ['/usr/bin/prometheus', '/usr/bin/promtool'],
    service: 'prometheus',
  },
  {
    name: 'prometheus-alertmanager',
    files: ['/usr/bin/prometheus-alertmanager', '/usr/bin/amtool'],
    service: 'prometheus-alertmanager',
  },
  // Public readers of invoice files, whose answers test/field/files compares with ours.
  { name: 'qpdf', files: ['/usr/bin/qpdf'] },
  { name: 'poppler-utils', files: ['/usr/bin/pdfinfo', '/usr/bin/pdftotext', '/usr/bin/pdftoppm'] },
  { name: 'poppler-data', files: ['/usr/share/poppler/cMap/Adobe-GB1/UniGB-UCS2-H'] },
  { name: 'mupdf-tools', files: ['/usr/bin/mutool'] },
  { name: 'unzip', files: ['/usr/bin/unzip'] },
  { name: 'libxml2-utils', files: ['/usr/bin/xmllint'] },
  // Clients, whose answers test/field/servers compares with ours; Chromium trusts by certutil.
  { name: 'curl', files: ['/usr/bin/curl'] },
  { name: 'libnss3-tools', files: ['/usr/bin/certutil'] },
  // The lines of test/field/own-trouble, which can be cut.
  { name: 'iproute2', files: ['/bin/ip'] },
  // Programs of others that test/outside runs.
  { name: 'python3-pip', files: ['/usr/bin/python3', '/usr/bin/pip3'] },
  // The site file of deploy/nginx.
  { name: 'nginx-light', files: ['/usr/sbin/nginx'], service: 'nginx' },
  // Loads the page in test/soak/memory.ts.
  { name: 'wrk', files: ['/usr/bin/wrk'] },
  { name: 'fonts-noto-cjk', files: ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'] },
];
/** Programs compared in benchmarks. */
const PEER_PACKAGES = [
  {
    name: 'prometheus-blackbox-exporter',
    files: ['/usr/bin/prometheus-blackbox-exporter'],
    service: 'prometheus-blackbox-exporter',
  },
];

/** Installs missing programs if possible (Debian, as root); otherwise prints the command. */
export function installTestPrograms({ with_peers, report, fail }) {
  const wanted = with_peers ? [...TEST_PACKAGES, ...PEER_PACKAGES] : TEST_PACKAGES;
  const missing = wanted.filter(({ files }) => !files.every((file) => existsSync(file)));
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name);
  const command = `apt-get install --yes --no-install-recommends ${names.join(' ')}`;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    fail(`this needs ${names.join(', ')}; install them, on Debian with:`, `  sudo ${command}`);
  }
  report(`installing ${names.join(', ')} …`);
  const [program, ...args] = command.split(' ');
  if (apt(program, ['update', '--quiet']) !== 0 || apt(program, args) !== 0) {
    fail(`could not install them; try: ${command}`);
  }
  for (const { service } of missing) if (service) stopService(service);
}

function apt(program, args) {
  const { status } = spawnSync(program, args, {
    stdio: ['ignore', 2, 2],
    // Single-user mode keeps the installed services, e.g. Prometheus, from being started.
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  });
  return status;
}

/** Only the program is needed; with systemd the package starts its service anyway. */
function stopService(name) {
  if (!existsSync('/run/systemd/system')) return;
  spawnSync('systemctl', ['disable', '--now', `${name}.service`], { stdio: ['ignore', 2, 2] });
}
