import type zhCN from './zh-CN.ts';

export default {
  name: 'メール',
  label: 'メールアドレス',
  'problem.missing': 'メールアドレスを入力してください。',
  'problem.line_break': 'メールアドレスに改行などの制御文字は使えません。',
  'problem.no_mailbox':
    'メールアドレスではないようです。name@example.comのようなアドレスを1つだけ入力してください。',
  'mail.simulated': 'シミュレーションのデータです。実在のシステムや企業とは関係ありません。',
  'mail.because': 'このメールは、{address}で「{title}」を購読しているためお送りしています。',
  'mail.because_operator':
    'このメールは、{address}が「{title}」の当番のアドレスであるためお送りしています。',
  'mail.manage': '購読の変更',
  'mail.unsubscribe': '購読の解除',
  'mail.zone': '時刻はすべて{zone}です。',
} satisfies Record<keyof typeof zhCN, string>;
