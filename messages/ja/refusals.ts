import type zhCN from '../zh-CN/refusals.ts';

export default {
  'refusal.400_title': 'リクエストが不完全です',
  'refusal.400_about':
    'アドレスまたは送信された内容の一部が欠けているか、誤っています。' +
    '前のページに戻ってもう一度お試しください。',
  'refusal.403_title': '受け付けられませんでした',
  'refusal.403_about':
    'この送信は当方のページからのものではないため、何も変更されていません。' +
    '当方のページからもう一度送信してください。',
  'refusal.404_title': 'このアドレスには何もありません',
  'refusal.404_about':
    'アドレスが誤っているか不完全である可能性、または内容がすでにここにない可能性があります。',
  'refusal.405_title': 'このアドレスはそのようには使えません',
  'refusal.405_about': '何も変更されていません。ページ上のリンクとボタンからお進みください。',
  'refusal.410_title': 'すでにここにはありません',
  'refusal.410_about': 'ここにあった内容は期限切れか削除済みで、復元されることはありません。',
  'refusal.413_title': '送信された内容が多すぎます',
  'refusal.413_about': '何も保存されていません。短くしてからもう一度お試しください。',
  'refusal.429_title': 'アクセスが多すぎます',
  'refusal.429_about':
    'ほかの方の閲覧が遅くならないように、当面は応答しません。' +
    '電子発票（インボイス）システムの状態とは関係ありません。',
  'refusal.500_title': '当方でエラーが発生しました',
  'refusal.500_about':
    'エラーが発生したのはこのウェブページで、電子発票（インボイス）システムではありません。' +
    'エラーは記録されました。しばらくしてからもう一度お試しください。',
  'refusal.503_title': 'このウェブページは現在利用できません',
  'refusal.503_about':
    '利用できないのはこのウェブページで、電子発票（インボイス）システムではありません。' +
    'システムの現在の状態は、今ここではお伝えできません。',
  'refusal.other_title': '完了しませんでした',
  'refusal.other_about': 'このリクエストは受け付けられず、何も変更されていません。',
  'refusal.retry': '{duration}後にもう一度お試しください。',
  'refusal.to_front': 'システムの現在の状態を見る',
  'refusal.status': 'HTTP {status}',
} as const satisfies Record<keyof typeof zhCN, string>;
