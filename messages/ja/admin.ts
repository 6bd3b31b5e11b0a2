import type zhCN from '../zh-CN/admin.ts';

export default {
  'admin.title': '管理',
  'admin.back_to_page': 'ステータスページを見る',
  'admin.languages': '言語',
  'admin.sign_out': 'ログアウト',

  'sign_in.title': '管理画面へのログイン',
  'sign_in.about':
    '管理者トークンを入力してください。初回起動時に一度だけ表示されたものです。' +
    '紛失した場合は、サーバーでnpm run admin-tokenを実行すると新しいものを発行できます。' +
    '古いものは直ちに無効になります。',
  'sign_in.token': '管理者トークン',
  'sign_in.submit': 'ログイン',
  'sign_in.wrong':
    'トークンが正しくありません。すべてコピーされているか、前後に空白がないかを確認してください。',
  'sign_in.wait': '試行回数が多すぎます。{seconds}秒後にもう一度お試しください。',
  'sign_in.expired':
    'ログインまたはフォームの有効期限が切れました。もう一度ログインしてください。' +
    '入力された内容は保存されていません。',
  'sign_in.other_site':
    'このリクエストは管理画面から送信されたものではないため、実行されませんでした。' +
    '管理画面に戻ってもう一度お試しください。',

  'list.title': 'メンテナンス',
  'list.about':
    'メンテナンスを事前に告知します。購読者に通知と事前のお知らせが届き、' +
    'ステータスページとカレンダーも更新されます。',
  'list.new': '新規メンテナンス',
  'list.running': '進行中',
  'list.upcoming': '告知済み',
  'list.drafts': '下書き',
  'list.past': '終了済み',
  'list.none': 'メンテナンスはまだありません。停止や更新の前に、まずここで告知してください。',

  'maintenance_details.announced': '告知の時間',
  'maintenance_details.published': '告知日時',
  'maintenance_details.published_about': '{time}（第{revision}版）',
  'maintenance_details.would_be_in_time':
    '今告知すると開始の{lead}前となり、その間の停止は稼働率に算入されません。',
  'maintenance_details.would_be_late':
    '今告知しても開始の{lead}前で、{notice}に満たないため、' +
    'その間に測定された停止は通常どおり算入されます。',
  'maintenance_details.title': 'タイトル',
  'maintenance_details.description': '説明',
  'maintenance_details.public_page': '公開ページ',
  'maintenance_details.actions': '操作',
  'maintenance_details.overrun': '告知された終了時刻を過ぎています。',
  'maintenance_details.works_since': '対象の機能は{duration}にわたり、測定で正常です。',
  'maintenance_details.is_it_over': 'メンテナンスは終わりましたか？終了または延長してください。',
  'maintenance_details.no_actions': 'このメンテナンスは完了または中止されており、変更できません。',
  'maintenance_details.passed': '告知した時間を過ぎたため変更できませんが、経過を追記できます。',
  'maintenance_details.back': 'メンテナンス一覧に戻る',
  'maintenance_details.back_to_it': 'このメンテナンスに戻る',

  'action.edit': '変更',
  'action.announce': '告知',
  'action.start': '開始',
  'action.extend': '延長',
  'action.end': '終了',
  'action.cancel': 'メンテナンスを中止',

  'done.saved': '保存しました。',
  'done.announced': '告知しました。購読者に通知しています。',
  'done.started': '開始しました。',
  'done.extended': '延長しました。購読者に通知しています。',
  'done.ended': '終了しました。すべての機能が正常になると自動的に完了します。',
  'done.cancelled': '中止しました。',
  'done.posted': '掲載しました。購読者に通知しています。',
  'done.as_asked': '変更はありません。すでにその状態です。',

  'confirm.announce.title': 'このメンテナンスを告知しますか？',
  'confirm.announce.about':
    'ステータスページ、カレンダー、購読者に直ちに伝わり、その後の変更もそのつど通知されます。',
  'confirm.announce.submit': '告知して通知',
  'confirm.start.title': 'このメンテナンスを今開始しますか？',
  'confirm.start.about':
    '対象の機能は直ちにメンテナンス中と表示され、アラートは出なくなります。' +
    '告知された開始時刻より前の停止は、通常どおり稼働率に算入されます。',
  'confirm.start.submit': '今開始する',
  'confirm.extend.title': 'このメンテナンスを延長しますか？',
  'confirm.extend.about':
    '新しい終了時刻が購読者に通知されます。開始まで{notice}未満になってから公表された時間に' +
    '測定された停止は、通常どおり算入されます。',
  'confirm.extend.submit': '延長して通知',
  'confirm.end.title': 'このメンテナンスを終了しますか？',
  'confirm.end.about': 'その後も測定を続け、対象の機能がすべて正常になると自動的に完了します。',
  'confirm.end.submit': '今終了する',
  'confirm.cancel.title': 'このメンテナンスを中止しますか？',
  'confirm.cancel.about':
    '告知済みのメンテナンスの場合は中止が購読者に通知され、カレンダーには中止と表示されます。' +
    '中止した後は元に戻せません。',
  'confirm.cancel.submit': 'このメンテナンスを中止',
  'confirm.back': 'いいえ、戻ります',
  'confirm.not_now':
    '現在の状態は「{status}」のため、この操作はできません。下の現状をご確認ください。',
  'confirm.changed':
    '開いた後にこのメンテナンスが変更されたため、まだ何も実行していません。' +
    '現状を確認してから決めてください。',

  'form.new': '新規メンテナンス',
  'form.edit': 'メンテナンスの変更',
  'form.required': '「*」の付いた項目は必須です。',
  'form.scope': '影響を受ける機能 *',
  'form.scope_hint':
    '影響を受けるものだけを選択してください。' +
    '範囲外の障害は通常どおりアラートの対象となり、停止に数えられます。',
  'form.times': '時間',
  'form.times_hint':
    'タイムゾーン：{zone}。その間の停止が稼働率に算入されないのは、' +
    '開始の{notice}前までに告知した場合だけです。',
  'form.announced_from': '開始 *',
  'form.announced_until': '終了 *',
  'form.expected_recovery_at': '復旧予定 *',
  'form.expected_hint':
    '復旧予定は、利用者が通常どおり利用できるようになる時刻で、終了より前にはできません。',
  'form.which': '{time}は2回あります。どちらですか？',
  'form.which_first': '1回目：{zone}、{offset}',
  'form.which_second': '2回目：{zone}、{offset}',
  'form.texts': '内容',
  'form.texts_hint':
    '中国語と英語は両方とも入力してください。ステータスページ、メール、カレンダーは' +
    '読む人の言語で表示されます。プレーンテキストだけを入力できます。',
  'form.title': 'タイトル *',
  'form.description': '説明 *',
  'form.description_hint': '作業の内容と利用者への影響。',
  'form.stays_open': '引き続き利用可能',
  'form.stays_open_hint': 'メンテナンス中も利用できる手続き。',
  'form.workaround': '代替手段',
  'form.workaround_hint': 'お急ぎの方への案内。',
  'form.in': '{field}（{language}）',
  'form.save_draft': '下書きとして保存',
  'form.announce': '告知して通知',
  'form.save_revision': '変更を保存して通知',
  'form.update': '経過の掲載',
  'form.update_hint': '公開ページに表示され、購読者に通知されます。',
  'form.update_submit': '掲載して通知',
  'form.problems': '{n}か所の修正が必要です。まだ何も保存されていません：',
  'form.too_large': '送信された内容が多すぎます。文章を短くしてからもう一度お試しください。',

  'difference.title': '入力中に変更がありました',
  'difference.about':
    '開いた後に、このメンテナンスが変更されました（自動的に開始または終了した可能性もあります）。' +
    'まだ何も保存されていません。項目ごとに確認し、使う方を選択してください。',
  'difference.status': '開いたときは「{seen}」で、現在は「{status}」です。',
  'difference.both': 'ここでも別の場所でも変更されています。選択してください',
  'difference.theirs': '別の場所で変更され、ここでは変更されていません',
  'difference.mine': 'ここだけで変更されています',
  'difference.opened': '開いたとき：',
  'difference.keep': '現在の内容を残す：',
  'difference.keep_since': '現在の内容を残す（{time}に変更）：',
  'difference.use_mine': '入力した内容を使う：',
  'difference.change_back': '開いたときの内容に戻す：',
  'difference.start_fixed': 'メンテナンスは開始済みのため、開始時刻は変更できません。',
  'difference.choose': '使う方を選択してください。',
  'difference.edit': '選択した内容で編集を続ける',
  'difference.empty': '（空）',
  'difference.comment':
    '開いた後にこのメンテナンスが変更されたため、まだ何も掲載していません。' +
    '入力した文章は下に残っています。そのままでよければ、もう一度掲載してください。',

  'problem.not_a_time': '日付と時刻を入力してください。',
  'problem.skipped_time':
    'このタイムゾーンにこの時刻はありません。{before}の1分後は{after}です。' +
    'どちらか、または別の時刻に変更してください。',
  'problem.repeated_time':
    'このタイムゾーンではこの時刻が2回あります。どちらかを選択してください。',
  'problem.in_the_past': '現在（{time}）より後にしてください。',
  'problem.too_far': '{time}より後にはできません。',
  'problem.too_long_a_time': 'メンテナンスは最長31日です。{time}より後にはできません。',
  'problem.not_after_start': '開始時刻{time}より後にしてください。',
  'problem.before_end': '終了時刻{time}より前にはできません。',
  'problem.has_begun': 'メンテナンスは開始済みのため、開始時刻は変更できず、{time}のままです。',
  'problem.not_later': '現在の終了時刻{time}より後にしてください。',
  'problem.no_components': '機能を1つ以上選択してください。',
  'problem.unknown_component': '{component}という機能はありません。',
  'problem.missing_text': '入力してください。別の言語で入力済みであるか、必須の項目です。',
  'problem.too_long': '最大{limit}文字です。',
  'problem.control_characters':
    '表示できない文字（タブなど）が含まれています。タイトルでは改行できません。',
  'problem.wrong_status':
    '現在の状態は「{status}」です。この操作ができるのは次の状態だけです：{expected}。',

  'not_found.title': 'このメンテナンスはありません',
  'not_found.about': '存在したことがないか、アドレスが不完全です。',
} satisfies Record<keyof typeof zhCN, string>;
