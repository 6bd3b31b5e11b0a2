import { escapeHtml } from '../../http/html.ts';
import { createText, type Words } from '../../messages/index.ts';
import type { PageSettings } from '../../model/configuration.ts';
import type { Announcement, Fact, Link } from '../kit/announcement.ts';
import type { Message } from '../kit/message.ts';
import { emailWords } from './words/index.ts';

/** The subject and bodies of a mail. */
export interface EmailContent {
  subject: string;
  text: string;
  html: string;
}

export interface EmailParts {
  message: Message;
  announcement: Announcement;
  words: Words;
  page: PageSettings;
}

/**
 * Renders an announcement as a mail: plain text, and equivalent HTML without images or remote
 * resources.
 */
export function renderEmail(parts: EmailParts): EmailContent {
  const { announcement, words } = parts;
  const footer = emailFooter(parts);
  return {
    subject: announcement.title.replace(/\s+/g, ' '),
    text: plainText(announcement, footer, words),
    html: htmlText(announcement, footer, words),
  };
}

interface EmailFooter {
  lines: string[];
  links: Link[];
}

/** The footer of every mail: who measures, why it was sent, and how to unsubscribe. */
function emailFooter({ message, announcement, words, page }: EmailParts): EmailFooter {
  const text = createText(emailWords, words.locale);
  const { links, address } = message.to;
  const title = words.name(page.title);
  const because = links ? 'mail.because' : 'mail.because_operator';
  const is_request = message.payload.subject === 'subscription';
  return {
    lines: [
      ...(announcement.simulated ? [text('mail.simulated')] : []),
      words.text('page.unofficial', { operator: words.name(page.operator) }),
      text('mail.zone', { zone: words.zone() }),
      ...(is_request ? [] : [text(because, { address, title })]),
    ],
    links:
      links && !is_request
        ? [
            { text: text('mail.manage'), url: links.manage },
            { text: text('mail.unsubscribe'), url: links.unsubscribe },
          ]
        : [],
  };
}

function plainText(
  announcement: Announcement,
  { lines, links }: EmailFooter,
  words: Words,
): string {
  const link = ({ text, url }: Link) => `${text}${words.text('link.separator')}${url}`;
  const fact = ({ term, text }: Fact) => `${term}${words.text('fact.separator')}${text}`;
  const blocksOf = ({ title, body, facts, actions, parts = [] }: Announcement): string[] => [
    title,
    ...body,
    facts.map(fact).join('\n'),
    actions.map(link).join('\n'),
    ...parts.flatMap((part) => ['* * *', ...blocksOf(part)]),
  ];
  const blocks = [
    ...blocksOf(announcement),
    // Mail clients treat the text after "-- " as a signature.
    ['-- ', ...lines, ...links.map(link)].join('\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

const FONT =
  "font-family:system-ui,-apple-system,'PingFang SC','Microsoft YaHei'," +
  "'Noto Sans CJK SC',sans-serif";
/** Han characters have other shapes there. */
const JAPANESE_FONT =
  "font-family:'Hiragino Sans','Noto Sans JP','Noto Sans CJK JP'," +
  "'Yu Gothic UI',Meiryo,system-ui,sans-serif";
const BUTTON =
  'display:inline-block;padding:9px 18px;border-radius:6px;background:#1a56b0;color:#fff;' +
  'text-decoration:none';

function htmlText(announcement: Announcement, { lines, links }: EmailFooter, words: Words): string {
  const { title, parts = [] } = announcement;
  const font = words.locale === 'ja' ? JAPANESE_FONT : FONT;
  const small = [...lines.map(escapeHtml), links.map((it) => link(it)).join(' · ')];
  return [
    `<!doctype html><html lang="${words.locale}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(title)}</title></head>`,
    `<body style="margin:0;padding:20px;${font};font-size:16px;line-height:1.6">`,
    '<div style="max-width:600px;margin:0 auto">',
    `<h1 style="font-size:20px;line-height:1.4;margin:0 0 14px">${escapeHtml(title)}</h1>`,
    ...htmlBody(announcement),
    ...parts.flatMap((part) => [
      '<hr style="border:0;border-top:1px solid #999;margin:20px 0">',
      `<h2 style="font-size:18px;line-height:1.4;margin:0 0 12px">${escapeHtml(part.title)}</h2>`,
      ...htmlBody(part),
    ]),
    '<hr style="border:0;border-top:1px solid #999;margin:20px 0 10px">',
    '<p style="margin:0;font-size:13px;opacity:.8">',
    small.filter((line) => line !== '').join('<br>'),
    '</p></div></body></html>',
  ].join('');
}

function htmlBody({ body, facts, actions }: Announcement): string[] {
  const buttons = actions.map((action, i) => {
    const button = link(action, ` style="${i === 0 ? BUTTON : ''}"`);
    return `<p style="margin:0 0 10px">${button}</p>`;
  });
  return [
    ...body.map((text) => `<p style="margin:0 0 12px">${lineBreaks(text)}</p>`),
    factTable(facts),
    ...buttons,
  ];
}

function factTable(facts: readonly Fact[]): string {
  if (facts.length === 0) return '';
  const term_style =
    'text-align:left;vertical-align:top;font-weight:normal;padding:3px 16px 3px 0;' +
    'white-space:nowrap;opacity:.75';
  const rows = facts.map(
    ({ term, text }) =>
      `<tr><th scope="row" style="${term_style}">${escapeHtml(term)}</th>` +
      `<td style="vertical-align:top;padding:3px 0">${lineBreaks(text)}</td></tr>`,
  );
  const style = 'border-collapse:collapse;margin:0 0 16px;font-size:15px';
  return `<table style="${style}">${rows.join('')}</table>`;
}

function link({ text, url }: Link, attributes = ''): string {
  const href = `href="${escapeHtml(url)}" target="_blank" rel="noopener"`;
  return `<a ${href}${attributes}>${escapeHtml(text)}</a>`;
}

function lineBreaks(text: string): string {
  return escapeHtml(text).replace(/\r?\n/g, '<br>');
}
