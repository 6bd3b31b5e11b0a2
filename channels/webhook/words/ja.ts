import type zhCN from './zh-CN.ts';

export default {
  name: 'Webhook（プログラムで受信）',
  label: '受信アドレス',
  hint:
    'httpsのアドレスです。メッセージはPOSTで送信し、Standard Webhooksに従って署名します。' +
    '最初のメッセージに確認用のリンクがあります。',
  secret: '署名用シークレット',
  secret_about:
    '表示は今回だけです。今すぐ保存してください。' +
    'これを使って各メッセージの署名を検証します（Standard Webhooks）。',
  'problem.missing': '受信アドレスを入力してください。',
  'problem.not_an_address':
    'ウェブアドレスではありません。https://example.com/hookのような、' +
    '500文字以内のアドレスを入力してください。',
  'problem.credentials': 'アドレスにユーザー名やパスワードを含めることはできません。',
  'problem.not_https': 'httpsで始まるアドレスだけを受け付けます。',
  'problem.port_not_allowed': '受け付けるポートは443と8443だけです。',
  'problem.not_public': '内部ネットワークのアドレスです。送信先は公開アドレスに限ります。',
} satisfies Record<keyof typeof zhCN, string>;
