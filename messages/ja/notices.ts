import type zhCN from '../zh-CN/notices.ts';

export default {
  'title.with_others': '{title}、ほか{n}件',
  'title.tagged': '【{tag}】{title}',
  'title.component': '{system}：{function}',
  'title.in_state': '{title}：{state}',
  'link.separator': '：',

  'incident.functions': '影響を受ける機能',
  'incident.since': '開始時刻',
  'incident.duration': '継続時間',
  'incident.impact_term': '影響の程度',
  'incident.action': '経過と証拠を見る',

  'maintenance.action': 'メンテナンスの詳細を見る',

  'subscription.title': '購読の確認をお願いします：{title}',
  'subscription.asked':
    'どなたか（ご本人であることを願います）が「{title}」でこのアドレスへの通知を購読しました。' +
    '48時間以内に下のリンクを開いて確認してください。通知はその後に始まります。',
  'subscription.not_me':
    'お心当たりがない場合は、そのままにしておいてください。' +
    '確認しなければメッセージは届かず、アドレスは48時間後に自動的に削除されます。',
  'subscription.confirm': '購読を確認する',
  'subscription.known_title': 'すでに購読済みです：{title}',
  'subscription.known':
    'どなたか（ご本人かもしれません）が「{title}」でこのアドレスへの通知を再び購読しました。' +
    'このアドレスはすでに購読済みで、設定は変更されていません。' +
    '変更または解除するには、下のリンクを開いてください。',
  'subscription.manage': '購読の管理',
  'subscription.systems': 'システム',
  'subscription.all_systems': 'すべて',
  'subscription.kinds': '種類',
  'subscription.incident': '障害',
  'subscription.maintenance': 'メンテナンス',

  'alert.opened': 'アラート',
  'alert.changed': 'アラートの変化',
  'alert.resolved': 'アラートの解除',
  'alert.repeated': '未対応のアラート',
  'alert.escalated': 'アラートのエスカレーション',
  'alert.repeated_body': '{length}の間、誰も対応すると言っていません。',
  'alert.escalated_body':
    '{length}の間、誰も対応すると言っていないため、あなたにもお知らせします。',
  'alert.stale_title': '{title}の測定が中断',
  'alert.own_silent_title': '{title}に自社取引の報告なし',
  'alert.unjudged_title': '{title}を判断できません：{why}',
  'alert.unjudged_body':
    '{title}は測定していますが、結論が出ず、現在の状態は不明です。' +
    'システムは正常かもしれず、正常でないかもしれません。',
  'alert.channel_title': '通知チャネル{channel}で送信できません',
  'alert.state': '状態',
  'alert.reason': '原因',
  'alert.functions': '影響の対象',
  'alert.tasks': '影響する業務',
  'alert.expected': '期待',
  'alert.expected_within': '{within}以内の正しい応答',
  'alert.got': '実測',
  'alert.got_code': '{text}（コード{code}）',
  'alert.measured': '直近の失敗',
  'alert.took': '所要{length}',
  'alert.by_check': 'チェック{check}',
  'alert.from_line': '{line}から測定',
  'alert.last_good': '直近の正常',
  'alert.by_line': '回線ごとの直近',
  'alert.is': '{name}：{is}',
  'alert.answered': '同時に応答したサイト',
  'alert.silent': '同時に応答しなかった比較用サイト',
  'alert.same_system': '同じシステムのほかの機能',
  'alert.other_systems': 'ほかのシステム',
  'alert.and_more': '{items}、ほか{n}件',
  'alert.trace': 'トレースID',
  'alert.page': 'ページで見る',
  'alert.runbook': '対応手順',
  'alert.lines': '測定回線',
  'alert.since': '開始時刻',
  'alert.known': '検知時刻',
  'alert.ended': '復旧時刻',
  'alert.duration': '継続時間',
  'alert.acknowledged': '対応中',
  'alert.error': '最後のエラー',
  'alert.state_body': '{title}は現在「{state}」です。',
  'alert.then_body': '{title}は「{state}」でしたが、現在は「{now}」です。',
  'alert.then_maintained': '{was}が、現在はメンテナンス中です',
  'alert.ended_body': '{title}は{time}に正常に復旧しました。',
  'alert.stale_body':
    '{title}の新しい測定結果がなく、現在の状態は不明です。' +
    'システムは正常かもしれず、正常でないかもしれません。',
  'alert.stale_ended_body': '{title}の測定結果が再び得られました。',
  'alert.own_silent_body':
    '{title}に自社取引の新しい報告がなく、自社取引が正常かどうかは現在不明です。',
  'alert.own_silent_ended_body': '{title}に自社取引の報告が再び届きました。',
  'alert.channel_body':
    '通知チャネル{channel}で送信の失敗が続いています。届いていない通知は保持し、再試行を続けます。' +
    'サーバーと設定を確認してください。',
  'alert.channel_ended_body': '通知チャネル{channel}で再び送信できるようになりました。',
  'alert.channel_removed_body': '通知チャネル{channel}は設定から削除され、使われていません。',
  'alert.own_unseen': '{what}：終了は未確認',
  'alert.unmeasured_end_body': '{title}の警報を終了しました。復旧は測定されていません。',
  'alert.unseen_end_body':
    'プログラムが再起動しました。再起動の前にはまだ続いており、今も続いているかは分かりません。続いている場合は改めてお知らせします。',
  'alert.own_ended': '{what}（復旧済み）',
  'alert.own_ended_body':
    '復旧しました。この間に測定または記録できなかった時間は、測定なしとします。',
  'alert.neutral_title': '比較用サイト{name}が応答しません',
  'alert.neutral_body':
    '比較用サイト{name}が応答しません。このサイトだけでは当方の回線の障害とは言えず、' +
    'システムの状態には影響しません。復旧するまで、比較用サイトが1つ減ります。',
  'alert.neutral_ended_body': '比較用サイト{name}が再び応答しました。',
  'alert.certificate_title': '{host}の証明書の期限が{days}日以内に切れます',
  'alert.certificate_body':
    '{host}の証明書の期限がまもなく切れます（{detail}）。期限が切れるとブラウザーは接続を拒否します。' +
    'それまでに管理者に更新してもらってください。',
  'alert.certificate_replaced': '{host}の証明書は更新されました',
  'alert.certificate_replaced_body': '{detail}。',
  'alert.certificate_gone': '{host}の証明書は測定されなくなりました',
  'alert.certificate_gone_body':
    'チェックは{host}に接続しなくなりました。証明書が更新されたかどうかは不明です。',
  'alert.domain_title': 'ドメイン{domain}の登録が{days}日以内に切れます',
  'alert.domain_expired': 'ドメイン{domain}の登録が切れました',
  'alert.domain_body':
    '{detail}。期限が切れると名前が解決できなくなり、このドメインのシステムはどれも開けなくなることが' +
    'あります。更新してください。',
  'alert.domain_renewed': 'ドメイン{domain}の登録は更新されました',
  'alert.domain_renewed_body': '{detail}。',
  'alert.domain_gone': 'ドメイン{domain}の登録は照会されなくなりました',
  'alert.domain_gone_body': 'ドメイン{domain}は設定にありません。更新されたかどうかは不明です。',
  'alert.callback_title': 'コールバック{callback}で届いた内容を利用できません',
  'alert.callback_body':
    'コールバック{callback}で届いた内容を記録できませんでした。修正されるまで、' +
    'その請求書は自社トラフィックに含まれません。',
  'alert.callback_ended_body': 'コールバック{callback}で届く内容を再び利用できます。',
  'alert.callback_gone_body': 'コールバック{callback}は設定にありません。',
  'alert.detail': '詳細',
  'own_detail.neutrals_silent': '比較用サイト{n}件がいずれも応答なし',
  'own_detail.hosts_silent': '無関係のサイト{n}件を試し、いずれも応答なし',
  'own_detail.hosts_answer': 'サイトが再び応答',
  'own_detail.no_route': 'このマシンに外部への経路がない',
  'own_detail.route_back': '外部への経路が回復',
  'own_detail.host_silent': '{host}が応答なし',
  'own_detail.host_answers': '{host}が再び応答',
  'own_detail.loop_delayed': '{span}の間に測定プログラムが{delay}停止',
  'own_detail.loop_in_time': '測定プログラムは1分間停止していない',
  'own_detail.thread_dies': '{span}の間に測定スレッドが{n}回終了、各回の原因はログを参照',
  'own_detail.thread_runs': '測定スレッドは再び2分間正常に動作',
  'own_detail.clock_differs': '他のサイトの時計との差は{ahead}',
  'own_detail.clock_agrees': '他のサイトの時計と再び一致',
  'own_detail.clock_set': '時計が{by}変更された',
  'own_detail.space_left': 'ディスクの空きは{percent}%',
  'own_detail.ledger_differs':
    '{n}か所、最初は{component}、{from}〜{to}、記録は「{recorded}」、再判定は「{derived}」',
  'own_detail.certificate_ends':
    '証明書チェーンで最も早く切れるものの期限は{ends}、チェック{check}が{measured}に測定した時点で残り{days}日以内',
  'own_detail.certificate_replaced':
    'チェック{check}が{measured}に測定した証明書の期限は{until}、以前のものの期限は{ends}',
  'own_detail.domain_ends': 'レジストリの{measured}の応答では、登録の期限は{ends}',
  'own_detail.domain_renewed':
    'レジストリの{measured}の応答では、登録の期限は{until}、以前の期限は{ends}',
  'own_detail.callback_unmapped': '内容がマッピングの{place}に合わない',
  'own_detail.callback_refused': '含まれるイベントが{place}のため受け付けられない',
  'own_detail.callback_too_large': '内容が大きすぎる',
  'own_detail.callback_foreign': '{address}は許可されたネットワークに含まれない',
  'own_detail.callback_busy': '待ちが多すぎるか記録できず、429または503を返した',
  'own_detail.no_name':
    '{host}：名前を解決できません。{set}とこのマシンのDNSサーバーを確認してください',
  'own_detail.refused':
    '{host}：接続が拒否されました。そのポートにサーバーがないか、ファイアウォールが拒否しています。{set}を確認してください',
  'own_detail.unreachable':
    '{host}：経路がありません。このマシンのネットワークと{set}を確認してください',
  'own_detail.silent':
    '{host}：時間内に応答がありません。{set}と途中のファイアウォールを確認してください',
  'own_detail.broken_off': '{host}：接続が相手側から切断されました。{set}を確認してください',
  'own_detail.unknown_ca':
    '{host}：証明書の認証局が信頼されていません。{set}でその証明書を追加してください',
  'own_detail.wrong_name':
    '{host}：証明書は別の名前のものです。{set}を証明書にある名前に変更してください',
  'own_detail.expired_certificate':
    '{host}：証明書の期限が切れているか、まだ有効ではありません。管理者に更新を依頼し（{set}）、このマシンの時計を確認してください',
  'own_detail.bad_tls':
    '{host}：暗号化接続を確立できません。{set}を確認してください（ポートと暗号化方式を合わせる必要があります）',
  'own_detail.no_starttls':
    '{host}：STARTTLSに対応していません。パスワードは平文では送信しません。{set}を確認してください',
  'own_detail.refused_login':
    '{host}：ユーザー名またはパスワードが拒否されました。{set}を確認してください',
  'own_detail.no_connection': '{host}：接続を確立できません。{set}を確認してください',
  'alert.look': '最初に確認すること',
  'alert.look_line':
    'このマシンのLANケーブル、ルーター、DNSサーバー、プロキシ。' +
    '次にnpm run checkを実行し、すべての宛先に接続できないのか確認してください。',
  'alert.look_clock':
    'timedatectlまたはchronyc tracking：時刻同期が動作しているか。' +
    '仮想マシンが一時停止または移行されていないか。',
  'alert.look_disk':
    'データディレクトリのあるディスクの空き（df -h）と書き込み権限。' +
    '書き込めるようになると自動的に復旧し、再起動は不要です。',
  'alert.look_lock':
    'どのプログラムがデータベースファイルを占有しているか（lsof、fuser）：' +
    'バックアップ、sqlite3コマンド、別のインスタンス。' +
    '解放されると自動的に復旧し、再起動は不要です。',
  'alert.look_ledger':
    'npm run replayを実行すると、すべての箇所が一覧表示されます。' +
    '結果をバージョンとログとともに開発者に知らせてください。' +
    'それまでは、これらの時間帯の状態と長さを外部に引用しないでください。',
  'alert.look_machine':
    'このマシンの負荷（uptime、top）：ほかのプログラムがCPUやメモリを占有していないか。' +
    '仮想マシンが一時停止していないか。' +
    'プログラムが繰り返し終了する、または応答しない場合は、そのログを確認してください。',
  'alert.look_process':
    'そのログと終了の原因（詳細を参照）。メモリが足りているか（dmesgにoomがないか）。',
  'alert.look_stopped':
    '詳細にある原因。対処した後に再起動してください。それまでは測定もアラートもまったくありません。',
  'alert.look_neutral':
    'ブラウザでこのサイトを開いてください。長期間停止している場合は、設定で別のサイトに変更してください' +
    '（比較用サイトは2つ以上）。',
  'alert.look_certificate':
    '自動更新の場合は、更新プログラムの失敗や、サーバーでの再読み込みの有無を確認してください。' +
    'サーバーが複数ある場合は、すべてで更新が必要です。',
  'alert.look_domain':
    'レジストラのアカウント。自動更新は有効か、支払い方法は切れていないか、通知は誰に届くか。',
  'alert.look_callback':
    'どこが合わないかはログに毎回記録されます。設定のmappingとnetworksを提供元の公開資料と照合し、' +
    '修正後に、拒否された内容の再送を提供元に依頼してください。',
  'alert.acknowledge': '対応します',
  'alert.evidence': '証拠を見る',

  'acknowledge.title': 'このアラートに対応します',
  'acknowledge.about':
    '名前を入力してボタンを押すと、誰が対応しているかをほかの当番に通知し、再通知を止めます。' +
    'アラートの復旧時には引き続き通知します。',
  'acknowledge.name': 'お名前',
  'acknowledge.no_name':
    '誰が対応しているか分かるように、{limit}文字以内で名前を入力してください。',
  'acknowledge.done_title': '記録しました',
  'acknowledge.done': '{time}から対応中です。復旧時に改めて通知します。',
  'acknowledge.done_by': '{time}から{name}が対応中です。復旧時に改めて通知します。',
  'acknowledge.over': 'このアラートは{time}に解除されました。',
  'acknowledge.wrong_title': 'リンクが無効です',
  'acknowledge.wrong':
    'このリンクは不完全か、改変されています。アラートからもう一度開いてください。',

  'alerts.title': '継続中のアラート',
  'alerts.none': '継続中のアラートはありません。',
  'alerts.unanswered': 'まだ誰も対応すると言っていません。',

  'test.title': 'テスト通知',
  'test.body':
    'npm run checkが送信したテストで、アラートではありません。これが届いていれば、このチャネルで通知できます。',

  'mailbox.title': 'デモ用メールボックス',
  'mailbox.about':
    'デモでは実際にメールを送信しません。本来送信されるメールはここに置かれ、誰でも閲覧できるため、' +
    '実在のアドレスを入力しないでください。最近のものだけを保存します。',
  'mailbox.none':
    'まだメールはありません。通知を購読するか、機能に障害を起こすと、ここにメールが表示されます。',
  'mailbox.to': '宛先',
  'mailbox.from': '差出人',
  'mailbox.sent': '日時',
  'mailbox.subject': '件名',
  'mailbox.back': 'デモ用メールボックスに戻る',
  'mailbox.text': 'プレーンテキスト',
  'mailbox.html': 'HTML',
  'mailbox.frame': 'メールのHTML版',
} satisfies Record<keyof typeof zhCN, string>;
