import type zhCN from '../zh-CN/subscription.ts';

export default {
  'subscribe.title': '通知の購読',
  'subscribe.about':
    'システムの障害、復旧、メンテナンスの予定をメッセージでお知らせします。' +
    'アカウント登録は不要で、いつでもワンクリックで解除できます。',
  'subscribe.submit': '購読する',
  'subscribe.channel': '通知方法',
  'subscribe.systems': '対象のシステム',
  'systems.all': 'すべてのシステム（今後追加されるものを含む）',
  'systems.some': '選択したものだけ',
  'subscribe.kinds': '通知の種類',
  'kind.incident': '障害：発生、経過、復旧',
  'kind.maintenance': 'メンテナンス：告知、事前のお知らせ、開始、終了',
  'kind_name.incident': '障害',
  'kind_name.maintenance': 'メンテナンス',
  'subscribe.locale': '言語',

  'privacy.title': 'アドレスの取り扱い',
  'privacy.purpose':
    '目的：選択された通知の送信だけに使用し、ほかの目的には使用せず、第三者に提供しません。' +
    'メールに追跡機能はありません。',
  'privacy.retention':
    '保存：アドレス、選択されたシステムと種類、言語、購読と確認の日時。' +
    '確認されない場合は48時間後に削除し、確認された場合は購読の解除まで保存します。',
  'privacy.deletion':
    '削除：購読の解除時に直ちに削除します。バックアップ内のものはバックアップの期限とともに消去されます。' +
    'すべてのメッセージに解除用のリンクがあります。',
  'privacy.contact': '責任者：{operator}、連絡先：{contact}。',

  'sent.title': 'あと一歩です。確認をお願いします',
  'sent.about':
    '入力されたアドレスにメッセージを送信しました。48時間以内に中のリンクを開いて確認してください。' +
    '通知はその後に始まります。このアドレスが以前に購読済みの場合、' +
    'メッセージには購読を管理するためのリンクがあります。',
  'sent.missing':
    '数分たっても届きませんか？アドレスに誤りがないか、迷惑メールに入っていないかをご確認のうえ、' +
    'もう一度購読してください。',
  'sent.again': '入力し直す',

  'confirm.title': '購読の確認',
  'confirm.about': '確認すると、次の通知が{address}に送信されます。',
  'confirm.submit': '購読を確認する',
  'confirm.not_me':
    'お心当たりがありませんか？そのままにしておけば48時間後に自動的に削除されます。' +
    '今すぐ削除することもできます：',
  'confirm.delete': '心当たりがないので削除する',
  'confirmed.title': '購読を開始しました',
  'confirmed.about': '今後、選択された内容を{address}に通知します。',
  'confirmed.manage': '購読の管理',
  'already.title': '確認済みです',
  'already.about': 'この購読は有効です。改めて確認する必要はありません。',

  'manage.title': '購読の管理',
  'manage.stored': '保存している内容のすべて',
  'manage.id': '番号',
  'manage.channel': '方法',
  'manage.address': 'アドレス',
  'manage.status': '状態',
  'manage.pending': '未確認のため、通知は送信されません',
  'manage.active': '有効',
  'manage.asked': '購読日時',
  'manage.confirmed': '確認日時',
  'manage.not_yet': '未確認',
  'manage.secret_kept': '保存済み、再表示はしません',
  'manage.change': '変更',
  'manage.save': '保存する',
  'manage.saved': '保存しました。',
  'manage.end': '購読を解除する',
  'manage.end_about': '通知を停止し、上記の内容をすべて直ちに削除します。',

  'unsubscribe.title': '購読の解除',
  'unsubscribe.about': '解除すると{address}への通知を停止し、このアドレスを直ちに削除します。',
  'unsubscribe.submit': '解除する',
  'unsubscribed.title': '購読を解除しました',
  'unsubscribed.about': '今後、通知は送信されません。アドレスは削除されました。',
  'unsubscribed.again': 'もう一度購読する',

  'link.forged_title': 'リンクが無効です',
  'link.forged_about':
    'リンクが完全にコピーされていない可能性があります。' +
    'メッセージに戻ってもう一度開くか、改めて購読してください。',
  'link.expired_title': 'リンクの有効期限が切れています',
  'link.expired_about':
    '確認用のリンクは48時間有効です。確認されなかったアドレスは削除されました。' +
    '改めて購読してください。',
  'link.gone_title': 'この購読はもうありません',
  'link.gone_about': '解除されたか、期限までに確認されませんでした。アドレスは削除されました。',

  'problem.summary': 'まだ購読できません。次の{n}か所を修正してください：',
  'problem.summary_change': 'まだ保存されていません。次の{n}か所を修正してください：',
  'problem.channel': '通知方法を選択してください。',
  'problem.systems_none': 'システムを1つ以上選択するか、すべてのシステムを選択してください。',
  'problem.systems_unknown': '選択されたシステムはここにはありません。選択し直してください。',
  'problem.kinds': '通知の種類を1つ以上選択してください。',
  'problem.locale': '言語を選択してください。',
  'problem.too_many':
    '購読の要求が多すぎます。{duration}後にもう一度お試しください。入力された内容は下に残っています。',
} satisfies Record<keyof typeof zhCN, string>;
