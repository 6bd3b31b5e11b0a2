import type zhCN from '../zh-CN/page.ts';

export default {
  'list.separator': '、',
  'sentence.separator': '',
  'fact.separator': '：',
  'text.with_aside': '{text}（{aside}）',

  'duration.under_a_minute': '1分未満',
  'duration.seconds': '{n}秒',
  'duration.minutes': '{n}分',
  'duration.minutes_before_seconds': '{n}分',
  'duration.hours': '{n}時間',
  'duration.days': '{n}日',
  'duration.pair': '{large}{small}',
  'relative.now': 'たった今',
  'relative.ago': '{duration}前',

  'state.unknown': '不明',
  'state.unknown_because': '不明：{why}',
  'state.operational': '正常',
  'state.degraded_performance': '遅延または制限あり',
  'state.partial_outage': '一部停止',
  'state.major_outage': '停止',
  'state.under_maintenance': 'メンテナンス中',
  'ailment.outage': '停止',
  'ailment.says_maintenance': 'メンテナンス中と応答、告知は未確認',
  'ailment.still_maintained': 'なおメンテナンス中と応答',
  'ailment.stalled': '停滞',
  'ailment.partial_outage': '一部停止',
  'ailment.part_lost': '一部の発票が未着',
  'ailment.some_users': '一部の利用者に影響',
  'ailment.catching_up': '滞留分が順次到着中',
  'ailment.degraded': '制限あり',
  'ailment.slow': '遅延',

  'function.issue': '発行',
  'function.upload': 'アップロード',
  'function.query': '照会',
  'function.sync': '同期',
  'function.download': 'ダウンロード',
  'function.deliver': '送達',
  'function.verify': '検証',
  'function.reach': 'アクセス',

  'task.because': '依存先の{system}の{function}：{state}',
  'task.partly_unknown': '{state}、一部不明',
  'task.some_unknown': '一部不明',
  'task.recovered': '{state}、復旧直後',

  'well.answered': '応答あり（ページの内容は未確認）',
  'well.reachable': '到達可能',
  'well.tax_entry': '入口に到達可能（申告自体は未測定）',

  'verdict.all_operational': '測定した機能はすべて正常',
  'verdict.all_reachable': '測定した入口はすべて到達可能',
  'verdict.under_maintenance': '{tasks}がメンテナンス中',
  'verdict.unknown': '{tasks}は現在不明',
  'verdict.all_unknown': '現在は判断できません',
  'verdict.nothing_measured': 'まだ測定結果がありません',
  'verdict.rest_operational': 'その他は正常',
  'verdict.rest_reachable': 'その他は到達可能',
  'verdict.of_system': '{system}の{function}',
  'verdict.all_answered': '測定した入口はすべて応答あり',
  'verdict.answered': '{tasks}は応答あり',
  'verdict.separator': '、',

  'advice.operational': '測定した機能は通常どおり利用できます。',
  'advice.all_answered':
    '入口に応答があることだけを確認しています。手続きができるかどうかは測定していません。',
  'advice.all_reachable':
    '入口が開くかどうかだけを測定しています。手続きができるかどうかは測定していません。',
  'advice.for': '{functions}：{advice}',
  'advice.outage': '復旧をお待ちください。何度も再試行しないでください。',
  'advice.says_maintenance':
    'システムはメンテナンス中と応答していますが、告知は確認できず、終了時刻は分かりません。' +
    'しばらくしてからもう一度ご覧ください。',
  'advice.still_maintained':
    '告知されたメンテナンス時間は過ぎましたが、システムはなおメンテナンス中と応答しており、' +
    '終了時刻は分かりません。しばらくしてからもう一度ご覧ください。',
  'advice.stalled':
    '新しく発行された電子発票（インボイス）はまだ届いていません。' +
    '見つからなくても、発票を重複して発行しないでください。',
  'advice.partial_outage': '失敗することがあります。お急ぎでなければ、後ほどお試しください。',
  'advice.part_lost':
    '一部の電子発票（インボイス）が期限内に届いていません。' +
    '見つからなくても、発票を重複して発行しないでください。',
  'advice.some_users':
    '一部の利用者で失敗します。失敗した場合は、しばらくしてからもう一度お試しください。',
  'advice.catching_up':
    '滞留していた電子発票（インボイス）が順次届いています。' +
    'まだ見つからない発票はもうしばらくお待ちになり、重複して発行しないでください。',
  'advice.degraded':
    '制限付きで利用できます。できる手続きから済ませ、できないものは後ほどお試しください。',
  'advice.slow': '手続きはできますが、通常より時間がかかります。',
  'advice.under_maintenance': 'メンテナンスの終了後にご利用ください。',
  'advice.maintenance_usable':
    '現在の測定では利用できます。お急ぎの場合はお試しください。' +
    'お急ぎでなければ、メンテナンスの終了をお待ちください。',
  'advice.maintenance_until': '告知されたメンテナンスは{until}までです。{advice}',
  'advice.maybe_our_line':
    '当方の回線だけの問題かもしれません。該当のシステムで直接お試しください。',
  'advice.unknown':
    '現在、結論を出せる測定がありません。障害があるという意味でも、正常という意味でもありません。' +
    '重要な用件は、該当のシステムで直接ご確認ください。',
  'advice.never_measured': '測定を始めたばかりです。数十秒後に、ここに結果が表示されます。',
  'advice.submitted': '送信済みの発票は、重ねて送信しないでください。',
  'advice.sync':
    '発行したばかりの電子発票（インボイス）はまだ見つからないことがあります。' +
    '発票を重複して発行しないでください。',

  'told.at': '{time}現在（{zone}）',

  'recovered.title': '復旧直後',
  'recovered.since': '{time}から{state}',
  'troubles.more': 'ほか{n}件',

  'measured.at': '{time}に測定',
  'measured.until': '{time}まで有効',
  'measured.never': '未測定',
  'measured.never_judged': '結論の出た測定はまだありません',
  'measured.lines': '回線：{lines}',

  'figure.runs': '過去{window}に{n}回測定',
  'figure.runs_until': 'それぞれの最後の測定までの{window}に計{n}回測定',
  'figure.delays': '中央値{median}、95%が{p95}以内',
  'figure.median': '中央値{median}',
  'figure.delays_few': '測定が少なく、中央値はまだありません',
  'figure.delays_unknown': '多くが失敗',
  'figure.window': '過去{window}',
  'figure.window_until': '{time}までの{window}',
  'figure.n': 'n = {n}',
  'figure.bad': '失敗{bad}',
  'figure.range': '{from}〜{to}',
  'figure.of': '{figure}（{basis}）',
  'figure.separator': '、',
  'figure.none': '–',
  'figure.since': '{since}以降、',
  'figure.available': '{since}稼働率{percent}',
  'figure.runs_good': '測定{n}回、成功{share}',
  'figure.partly': '一部に影響{duration}',
  'figure.unmeasured': '稼働率はまだありません',
  'figure.all_excused':
    '判明している時間はすべて期限内に告知されたメンテナンス中のため、稼働率はありません',
  'figure.promise': '{since}{within}以内に{percent}が到着',
  'figure.invoices': '期限到来{n}件',
  'figure.overdue': '期限超過{share}',
  'figure.nothing_due': '期限の来た発票はまだありません',
  'figure.excused':
    '期限内に告知されたメンテナンス中の{excluded}は不算入、すべて算入すると稼働率{percent}',
  'figure.day_excused': '{percent}（メンテナンスを差し引かない場合{raw}）',
  'figure.watermark': '{time}まで同期済み',
  'figure.watermark_none': '到着はまだ1件も確認されていません',
  'figure.sample': '24時間以内の標本{n}件',
  'figure.waiting': '{n}件が到着待ちで、最も早いものは{time}に受理されました。',
  'figure.none_waiting': '到着待ちの発票はありません。',
  'figure.young': '期限前の{n}件のうち{share}が、{limit}を超えてもまだ届いていません。',
  'figure.stragglers': 'ほかに{n}件が未着、最も早いものは{time}受理',
  'figure.above': '{from}超',
  'figure.accepted': '過去{window}に{n}件が受理されました。',
  'figure.invoice_median':
    '過去{window}に受理された{n}件の到着までの時間の中央値：{median}（95%信頼区間）。',
  'figure.invoice_delays':
    '過去{window}に受理された{n}件の到着までの時間の中央値：{median}、' +
    '95パーセンタイル：{p95}（95%信頼区間）。',
  'figure.lost': 'ほかに{n}件が期限を過ぎても届いていません（過去7日）。',

  'bars.label': '{system}の{function}：過去{days}日の毎日の状態',
  'bars.start': '{days}日前',
  'bars.end': '今日',
  'bars.table': '日別の一覧',
  'bars.table_caption':
    '{system}の{function}、{zone}の毎日。1日の状態は、5分以上続いた最も悪い状態です',
  'bars.day': '日付',
  'bars.state': '状態',
  'bars.shorter': '短時間の{state}（{duration}）',
  'bars.down': '停止時間',
  'bars.partial': '一部に影響',
  'bars.day_availability': '稼働率',
  'bars.day_promise': '期限内の到着',
  'bars.runs': '測定回数',
  'bars.good': '成功',
  'bars.invoices': '期限到来件数',
  'bars.no_data': '測定なし',
  'bars.little_data': '測定は5分未満',
  'bars.down_none': 'なし',
  'bars.span': '{from}〜{to}',
  'bars.day_gap': '{duration}測定なし（{cause}）',

  'note.checks_failing': '{checks}が連続して失敗：{reason}。',
  'note.checks_failing_plain': '連続して失敗：{reason}。',
  'note.no_reason': '成功せず',
  'note.line_failing':
    '{lines}からの測定が失敗：{reason}。他の回線は正常で、' +
    '影響は一部のネットワークだけかもしれません。',
  'note.some_users_affected': '一部の利用者に影響：直近{window}の測定{n}回のうち{bad}回が失敗。',
  'note.slow': '{checks}が通常より遅くなっています。',
  'note.slow_plain': '通常より遅くなっていますが、手続きはできます。',
  'note.sync_slow':
    '遅延：最近受理された発票{n}件のうち、半数を超える発票で{limit}を超える待ち時間になっています。',
  'note.stalled':
    '同期が停滞：発票{waiting}件が到着待ちで、新たな到着がありません。' +
    '最も早いものは{time}に受理されました。',
  'note.catching_up':
    '滞留分が順次到着中：再び発票が届いていますが、まだ{overdue}件が期限を過ぎて届いていません。',
  'note.part_lost':
    '一部の発票が未着：届くはずの{n}件のうち{missing}件が届いていませんが、' +
    'より後に受理された発票は届いています。',
  'note.maybe_our_line':
    '当方の回線（{line}）の問題かもしれません。比較できるサイトがほかになく、' +
    'システムの障害とは限りません。',
  'note.says_maintenance':
    '{checks}：システムはメンテナンス中と応答していますが、告知は確認できていません。',
  'note.says_maintenance_plain':
    'システムはメンテナンス中と応答していますが、告知は確認できていません。',
  'note.still_maintained':
    '{checks}：システムはなおメンテナンス中と応答していますが、' +
    '告知されたメンテナンス時間は過ぎています。',
  'note.still_maintained_plain':
    'システムはなおメンテナンス中と応答していますが、告知されたメンテナンス時間は過ぎています。',
  'note.degraded': '{checks}は制限付きで利用可能：{reason}。',
  'note.degraded_plain': '制限付きで利用可能：{reason}。',
  'note.learning': '通常の状態を学習している途中のため、通常より遅いかどうかはまだ判断できません。',
  'note.not_known': '{checks}：現在は判断できません。',
  'note.not_known_plain': '一部の測定項目は現在判断できません。',
  'note.unconfirmed': '{time}の測定が失敗しました（{reason}）。停止かどうかを確認しています。',
  'note.recovering': '{time}の測定は正常でした。復旧したかどうかを確認しています。',
  'note.never_measured':
    'まだ一度も測定していません。最初の測定が終わると、ここに結果が表示されます。',
  'note.expired': '{time}より後に新しい測定がないため、正常とは言えません。',
  'note.not_judged': '正常かどうか判断できません：{why}（最後の応答は{time}）。',
  'note.not_judged_unanswered': '正常かどうか判断できません：{why}（{time}の測定）。',
  'note.last_judged': '結論の出た最後の測定：{time}。',
  'note.look_unanswered':
    '確認できません：{time}より後にシステムからの応答がなく、発票が届いたかどうか分かりません。',
  'note.look_unanswered_never':
    '確認できません：システムからの応答がまだ一度もなく、発票が届いたかどうか分かりません。',
  'note.nothing_to_follow_yet': '追跡できる発票がまだないため、同期が正常かどうか分かりません。',
  'note.nothing_to_follow':
    '{time}より後に追跡できる発票がないため、同期が正常かどうか分かりません。',
  'note.none_arrived':
    '追跡している発票{n}件がまだ1件も届いていないため、同期が正常かどうか分かりません。',
  'note.self':
    '当方の測定に問題がありました（{reason}）。システムに障害があるという意味ではありません。',
  'note.gap':
    '当方の測定は{time}からしばらく停止していました。' +
    'システムに障害があるという意味ではありません。',
  'note.gap_because':
    '当方の測定は{time}からしばらく停止していました（{cause}）。' +
    'システムに障害があるという意味ではありません。',
  'note.maintenance': '告知されたメンテナンスが進行中です。',
  'note.maintenance_up': '告知されたメンテナンスが進行中です。測定では利用できます。',
  'note.maintenance_partly': '告知されたメンテナンスが進行中です。測定では一部が利用できません。',
  'note.maintenance_down': '告知されたメンテナンスが進行中です。測定では利用できません。',
  'note.noticed': '{checks}：{what}。',
  'note.noticed_plain': '{what}。',
  'note.since': '{time}から続いています。',

  'checked.bytes': 'ファイルの内容に変更なし',
  'checked.digests': 'ファイルのダイジェストが一致',
  'checked.structure': 'ファイルの構造は完全',
  'checked.none': 'ファイルを検査できず',

  'noticed.weak_key': '証明書の鍵が弱い',
  'noticed.legacy_renegotiation': '暗号化接続に古い再ネゴシエーション方式を使用',
  'noticed.missing_intermediate':
    '証明書チェーンが不完全、ブラウザでは利用できるがプログラムでは利用できない可能性あり',
  'noticed.answered_only': '応答があることだけを確認、本来のページかどうかは未確認',
  'noticed.bytes_appended': 'ファイルの末尾に余分な内容あり',
  'noticed.repaired': 'ファイルに問題があるが、閲覧ソフトでは開ける',
  'noticed.number_not_found': 'ファイルに発票番号が見つからず、照合できず',
  'noticed.file_updated': 'ファイルが更新された',
  'noticed.in_archive': 'ファイルは圧縮アーカイブの中にある',
  'noticed.our_delay': '当方の停滞が含まれるため、所要時間は不算入',

  'reason.timeout_resolve': 'タイムアウト、ドメイン名を解決できず',
  'reason.timeout_connect': 'タイムアウト、接続できず',
  'reason.timeout_tls': 'タイムアウト、暗号化接続を確立できず',
  'reason.timeout_processing': 'タイムアウト、応答なし',
  'reason.timeout_transfer': 'タイムアウト、内容の転送が終わらず',
  'reason.overlap': '前回の測定が終わらず',
  'reason.name_not_resolved': 'ドメイン名を解決できず',
  'reason.connection_refused': '接続を拒否された',
  'reason.connection_reset': '接続が途中で切断された',
  'reason.host_unreachable': 'ネットワークに到達できず',
  'reason.certificate_invalid': '証明書が無効',
  'reason.certificate_incomplete': 'サーバーが完全な証明書チェーンを提示せず',
  'reason.browser_refuses': 'ブラウザが拒否する種類の接続',
  'reason.protocol_error': '応答が正常なHTTPではない',
  'reason.unreadable_http': '応答の形式を読み取れず、ブラウザでは読める可能性あり',
  'reason.unknown_charset': '応答の文字コードを読み取れず',
  'reason.unknown_coding': '応答の圧縮方式を読み取れず',
  'reason.needs_script': 'ページの表示にスクリプトが必要、この測定では実行しない',
  'reason.http_status': 'システムがエラーを返した',
  'reason.error_code': 'システムがエラーコードを返した',
  'reason.unexpected_answer': '応答の内容が正しくない',
  'reason.empty_page': 'ページが空',
  'reason.not_recognised': 'ページに本来の内容がない',
  'reason.error_page': 'ページがエラーを表示',
  'reason.says_maintenance': 'システムがメンテナンス中と応答',
  'reason.blocked': '遮断された',
  'reason.maybe_blocked': '遮断の可能性あり、直前に拒否され、現在は応答なし',
  'reason.link_refused': '当方のダウンロードリンクが失効したか、受け付けられなくなった',
  'reason.waits_for_query': '先に必要な照会が成功せず',
  'reason.answer_too_large': '応答が大きすぎる',
  'reason.redirect_loop': 'リダイレクトが循環',
  'reason.redirect_refused': '当方がアクセスしない宛先へリダイレクトされた',
  'reason.known_not_found': '見つかるはずの発票が見つからない',
  'reason.unknown_found': '存在しない発票が見つかった',
  'reason.truncated': 'ファイルが不完全',
  'reason.not_a_file': 'ダウンロードされたものが発票のファイルではない',
  'reason.structure': 'ファイルの構造が破損',
  'reason.crc_mismatch': 'ファイルの内容が破損（チェックサム不一致）',
  'reason.digest_mismatch': 'ファイルの内容が改変された（ダイジェスト不一致）',
  'reason.missing_part': 'ファイルにページの表示に必要な部分がない',
  'reason.not_well_formed': 'ファイルが整形式のXMLではない',
  'reason.stream': 'ファイル内のデータが破損',
  'reason.copies_differ': '2回ダウンロードしたファイルが異なり、少なくとも1つは既知のものと異なる',
  'reason.sums_mismatch': 'ファイル内の金額または番号が一致しない',
  'reason.number_mismatch': 'ファイルが別の発票のもの',
  'reason.text_mismatch': 'ファイルの内容が以前と異なる',
  'reason.too_large': 'ファイルがこの測定の検査上限を超えている',
  'reason.unknown_filter': 'ファイルに当方の知らないエンコード方式を使用',
  'reason.unknown_digest': 'ファイルに当方の知らないダイジェスト方式を使用',
  'reason.unknown_kind': '当方が検査する種類のファイルではない',
  'reason.unknown_compression': 'ファイルに当方の知らない圧縮方式を使用',
  'reason.encrypted': 'ファイルが暗号化されている',
  'reason.stream_unread': 'ファイル内に読み取れないデータがあるが、閲覧ソフトでは開ける',
  'reason.no_second_reader': 'ファイルの構造に問題があるが、確認に使う第2の閲覧ソフトがない',
  'reason.judging_failed': '当方でファイルの検査が終わらず',
  'reason.late_start': '測定が予定どおりに始まらず',
  'reason.missed_slot': '測定を1回逃した',
  'reason.neutral_host_failed': '比較用のサイトにもアクセスできず',
  'reason.line_failed': '当方の回線から無関係のサイトのいずれにも接続できず',
  'reason.unproven': 'システムの問題か当方の回線の問題か区別できず',
  'reason.resolver_differs': '当方のドメイン名解決に誤り',
  'reason.name_misled': '当方ではドメイン名が別の宛先を指している',
  'reason.no_route': '当方のネットワークに経路がない',
  'reason.clock_wrong': '当方の時計が不正確で、証明書の期限切れを判断できず',
  'reason.starved': '当方のマシンが過負荷',
  'reason.worker_died': '測定プログラムが予期せず終了',
  'reason.probe_error': '測定プログラムのエラー',
  'reason.proxy_failed': '当方のプロキシサーバーが接続できず',

  'outcome.ok': '成功',
  'outcome.timeout': 'タイムアウト',
  'outcome.network': 'ネットワークの失敗',
  'outcome.system': 'システムのエラー',
  'outcome.degraded': '制限付きで利用可能',
  'outcome.throttled': 'アクセス制限',
  'outcome.maintenance': 'システムのメンテナンス',
  'outcome.credential': '認証情報を拒否された',
  'outcome.user_data': 'データの問題',
  'outcome.mismatch': 'ファイルの不一致',
  'outcome.corrupt': 'ファイルの破損',
  'outcome.unreadable': '読み取り不能',
  'outcome.prerequisite': '前の手順が成功せず',
  'outcome.self': '当方の問題',

  'incident.title': '{system}：{what}',
  'incident.separator': '／',
  'incident.now.outage': '{functions}が停止',
  'incident.now.says_maintenance': '{functions}がメンテナンス中と応答、告知は未確認',
  'incident.now.still_maintained': '{functions}がなおメンテナンス中と応答',
  'incident.now.stalled': '{functions}が停滞',
  'incident.now.partial_outage': '{functions}が一部停止',
  'incident.now.part_lost': '{functions}で一部の発票が未着',
  'incident.now.some_users': '{functions}で一部の利用者に影響',
  'incident.now.catching_up': '{functions}で滞留分が順次到着中',
  'incident.now.degraded': '{functions}に制限あり',
  'incident.now.slow': '{functions}が遅延',
  'incident.was.outage': '{functions}が停止していました',
  'incident.was.says_maintenance': '{functions}がメンテナンス中と応答していました',
  'incident.was.still_maintained': '{functions}がなおメンテナンス中と応答していました',
  'incident.was.stalled': '{functions}が停滞していました',
  'incident.was.partial_outage': '{functions}が一部停止していました',
  'incident.was.part_lost': '{functions}で一部の発票が届いていませんでした',
  'incident.was.some_users': '{functions}で一部の利用者に影響がありました',
  'incident.was.catching_up': '{functions}で滞留分が順次到着していました',
  'incident.was.degraded': '{functions}に制限がありました',
  'incident.was.slow': '{functions}が遅延していました',
  'incident.was_for': '{was}（{duration}）',
  'incident.unclear': '{was}が、現在の状況は不明です',
  'incident.changed': '{functions}が「{from}」から「{to}」に変化',
  'incident.well': '{functions}が復旧',
  'incident.maintained': '{functions}がメンテナンスに移行',
  'incident.unknown': '{functions}の状況が不明',
  'incident.withdrawn': '{functions}の異常は訂正により撤回',
  'claim.seen_from': '{claim}（{line}から測定）',
  'claim.maybe_our_line': '{claim}（当方の回線の可能性あり）',
  'incident_status.investigating': '継続中',
  'incident_status.identified': '特定済み',
  'incident_status.under_maintenance': 'メンテナンス中',
  'incident_status.monitoring': '復旧済み、経過観察中',
  'incident_status.unclear': '状況不明',
  'incident_status.resolved': '解決済み',
  'incident_status.postmortem': '事後検証',
  'impact.none': '影響なし',
  'impact.minor': '軽微',
  'impact.major': '大きい',
  'impact.critical': '重大',
  'update.opened': '{affected}。測定を続け、変化があればここに記載します。',
  'update.joined': 'さらに影響を受けた機能があります：{affected}。',
  'update.worse': '状況が悪化しました：{affected}。',
  'update.better': '状況が改善しました：{affected}。',
  'update.known': '再び測定できるようになりました：{affected}。',
  'update.unclear': '現在の状況は不明です：{affected}。測定できた後、ここに記載します。',
  'update.unclear_in_part': '一部の機能の状況が不明です：{affected}。',
  'update.recovered': '測定結果が正常に戻りました：{affected}。しばらく経過を観察します。',
  'update.resolved': '復旧し、正常な状態が続いています。インシデントを終了します。',
  'update.dropped': '測定の対象から外れたため、その後の状況は分かりません：{affected}。',
  'update.closed':
    '測定できないまま、終了は確認されていません。このインシデントは今後更新されません。',
  'update.still': '現在の状況：{affected}。',
  'update.held_back': 'これより前にさらに{n}回発生しましたが、個別には通知していません。',
  'update.reopened': '再び発生しました：{affected}。インシデントを再開します。',
  'update.affected': '{function}：{from} → {to}',
  'update.not_recorded': '対象の機能は記録されていません',
  'update.length': '影響のあった時間：{length}。',
  'update.maybe_our_line': '当方の回線の問題かもしれず、システムの障害とは限りません。',

  'gap.restart': '測定プログラムの停止',
  'gap.suspended': '当方のマシンの一時停止',
  'gap.clock': '時計が進められた',
  'gap.disk': '当方のディスクに書き込めず',
  'gap.lock': '当方のデータベースが占有された',
  'gaps.title': '測定していない時間帯',
  'gaps.about':
    '当方が測定しなかった、または記録できなかった時間帯です。正常にも停止にも数えません。',
  'gaps.time': '時間帯',
  'gaps.duration': '長さ',
  'gaps.cause': '原因',
  'gaps.cut': '最近の{n}件だけを表示しています。',
  'gap.of_incident': 'このうち{from} – {to}は測定していません（{cause}）。',

  'own.line': '当方の回線に障害が発生',
  'own.line_named': '当方の回線（{line}）に障害が発生',
  'own.clock': '当方の時計に障害が発生',
  'own.disk': '当方のディスクに障害が発生',
  'own.lock': '別のプログラムが当方のデータベースを占有',
  'own.ledger': '当方が記録した状態と再判定の結果が不一致',
  'own.machine': '当方のマシンに障害が発生',
  'own.process': '当方のプログラムの1つが繰り返し中断',
  'own.stopped': '監視がすべて停止',
  'own.line_effect':
    'この回線から見た失敗はシステムの障害に数えません。確認できない機能は不明と表示します。',
  'own.clock_effect':
    'ここに示す時刻はずれている可能性があります。時計が進んで飛ばされた時間は測定なしとします。',
  'own.disk_effect':
    '新しい測定を記録できない可能性があります。記録できなかった時間は測定なしとします。',
  'own.lock_effect':
    '新しい測定は当面記録できず、後から記録します。記録できなかった時間は測定なしとします。',
  'own.ledger_effect':
    '過去数日間の一部の時間帯の記録に誤りがある可能性があり、確認中です。' +
    '現在の状態は通常どおり判定しています。',
  'own.machine_effect':
    '当方のマシンの過負荷、一時停止、プログラムのエラーの間に見えた失敗は、' +
    'システムの障害に数えません。確認できない機能は不明と表示します。',
  'own.process_effect': 'そのつど再起動します。その間に測定されなかった機能は不明と表示します。',
  'own.stopped_effect': '今後は測定も通知も行いません。担当者が対処して再起動するまで続きます。',
  'own.told': '{what}。{effect}',
  'unavailable.title': '現在保存できません',
  'unavailable.about':
    '当方のデータベースを一時的に利用できないため、送信された内容は保存されていません。' +
    'しばらくしてからもう一度お試しください。',
  'own.title': '当方の障害',
  'own.since': '{time}から',
  'own.tag': '当方',
  'own.goes_on': '未復旧',
  'own.unseen': '終了は未確認',
  'own.over': '復旧済み',

  'maintenance_status.draft': '下書き',
  'maintenance_status.scheduled': 'メンテナンス予定',
  'maintenance_status.in_progress': 'メンテナンス中',
  'maintenance_status.overrun': '告知された終了時刻を超過',
  'maintenance_status.verifying': '終了、復旧を確認中',
  'maintenance_status.completed': '完了',
  'maintenance_status.passed': '告知された時間が経過',
  'maintenance_status.cancelled': '中止',
  'maintenance_update.announced': 'メンテナンスの予定を告知しました。',
  'maintenance_update.revised':
    'メンテナンスの予定に変更があります。現在告知されている時間と範囲をご確認ください。',
  'maintenance_update.reminder': 'まもなくメンテナンスが始まります。事前にご準備ください。',
  'maintenance_update.started': 'メンテナンスを開始しました。',
  'maintenance_update.extended':
    'メンテナンスの時間を延長します。現在告知されている終了時刻をご確認ください。',
  'maintenance_update.overrun': '告知した終了時刻を過ぎましたが、終了はまだ宣言されていません。',
  'maintenance_update.ended':
    'メンテナンス作業が終了しました。機能が復旧したかどうかを測定しています。',
  'maintenance_update.completed': '対象の機能が正常に復旧し、メンテナンスが完了しました。',
  'maintenance_update.passed':
    '告知されたメンテナンス時間が過ぎました。その間は当方で測定していないため、' +
    '予定どおり行われたかどうか分かりません。機能が正常かどうかを測定しています。',
  'maintenance_update.found_well': '対象の機能は測定で正常です。',
  'maintenance_update.cancelled': 'メンテナンスは中止され、実施されません。',

  'maintenance_time.planned': '当初の予定：{period}',
  'maintenance_time.began': '{from}開始（当初の予定：{period}）',
  'maintenance_time.overrun': '{from}開始、告知された終了は{until}、終了の宣言なし',
  'maintenance_time.otherwise': '{is}（当初の予定：{period}）',

  'maintenance.scope': '影響範囲',
  'maintenance.time': '時間',
  'maintenance.recovery': '復旧予定',
  'maintenance.recovery_was': '当初の復旧予定',
  'maintenance.stays_open': 'メンテナンス中も利用可能',
  'maintenance.workaround': '代替手段',
  'maintenance.progress': '詳細と経過',
  'maintenance.fact': '{term}：{text}',
  'maintenance.scope_of': '{system}：{functions}',
  'maintenance.scope_separator': '／',
  'maintenance.chat_title': '【{status}】{title}',
  'maintenance.tag': 'メンテナンス',
  'maintenances.title': 'メンテナンス',
  'maintenance.of_component': '{status}：{period}',
  'maintenance.actual': '実際の時間',
  'maintenance.actual_from': '{from}開始',
  'maintenance.announced_at': '告知日時',
  'maintenance.ahead': '{time}（開始の{duration}前）',
  'maintenance.behind': '{time}（事前の告知なし）',
  'maintenance.revised_at': '最終変更',
  'maintenance.accounting': '稼働率の計算',
  'maintenance.excluded':
    '{period}は期限内に告知されたため、その間の停止は稼働率に算入しません。' +
    'その他の時間は通常どおり算入します。',
  'maintenance.excluded_in_part':
    '{period}は次の機能について期限内に告知されたため、その間の停止は稼働率に算入しません：{scope}。' +
    'その他の機能と時間は通常どおり算入します。',
  'maintenance.announced_late':
    '{notice}前までに告知されなかったため、その間に測定された停止は通常どおり算入します。',
  'maintenance.revised_late':
    '最後の変更が{notice}前までに告知されなかったため、その間に測定された停止は通常どおり算入します。',
  'maintenance.ran_otherwise':
    '期限内に告知された時間とは別の時間に行われたため、その間に測定された停止は通常どおり算入します。',
  'maintenance.counted_cancelled': '中止されたため、その間に測定された停止は通常どおり算入します。',
  'maintenance.timeline': '経過（新しい順）',
  'maintenance.chat': 'チャットで共有',
  'maintenance.chat_about':
    '次の文章をチャットにコピーすると、ページを開かなくても内容が伝わります。',
  'maintenance.copy': '文章をコピー',
  'maintenance.copied': 'コピーしました',
  'maintenance.qr': 'QRコードでこのページを開く',
  'maintenance.calendar': 'メンテナンスのカレンダーを購読（iCalendar）',

  'incidents.open': '発生中',
  'incidents.recent': '最近のインシデントとメンテナンス',
  'incidents.none': '過去{days}日間、インシデントもメンテナンスもありません。',
  'incidents.none_since': '{since}に測定を始めてから、インシデントもメンテナンスもありません。',
  'incidents.none_ended':
    '終了したインシデントやメンテナンスはありません。進行中のものは上をご覧ください。',
  'incidents.none_measured': 'まだ測定していないため、インシデントの有無はまだ分かりません。',
  'incidents.details': '経過と証拠',
  'incidents.started': '{time}発生',
  'incidents.lasted': '継続時間{duration}',
  'incidents.lasted_parts': '計{duration}、{n}回に分かれて',
  'incidents.end_not_seen': '終了は未確認',
  'incidents.simulated': 'シミュレーション',
  'incident.back': '概要に戻る',
  'incident.corrected':
    '{time}に訂正：後から判明した測定により、公表済みの開始、終了または長さが変わりました。',
  'incident.affected': '影響を受けた機能',
  'incident.span': '{what}、{from} – {to}',
  'incident.span_since': '{what}、{from}から',
  'incident.timeline': '経過（新しい順）',
  'incident.waiting': '証拠：到着待ちの発票',
  'incident.waiting_about':
    '開始時または終了時に到着待ちだった電子発票（インボイス）を、受理された分ごとにまとめています。' +
    'ダイジェストは発票番号から計算したもので、番号は分かりません。',
  'incident.waiting_about_open':
    '開始時に到着待ちだった、または現在も到着待ちの電子発票（インボイス）を、' +
    '受理された分ごとにまとめています。' +
    'ダイジェストは発票番号から計算したもので、番号は分かりません。',
  'incident.waiting_kept':
    '到着待ちでなくなった発票は、受理後{duration}だけ保存します。' +
    'それより前に受理されたものはここにない可能性があります。',
  'incident.waiting_cut': '最初の{n}件だけを表示しています。',
  'incident.accepted': '受理時刻',
  'incident.invoices': '件数',
  'incident.not_arrived': '現在も未着',
  'incident.digests': '番号のダイジェスト',
  'incident.evidence': '証拠：分ごとの失敗した測定',
  'incident.evidence_about':
    'この時間に失敗した測定を、分ごとにまとめています。時刻は測定の開始時刻です。',
  'incident.evidence_none':
    'この時間の失敗した測定は保存されていません。明細の保存期間は{duration}です。',
  'incident.evidence_cut': '最初の{n}回だけを表示しています。',
  'incident.minute': '時刻',
  'incident.function': '機能',
  'incident.outcome': '結果',
  'incident.reason': '原因',
  'incident.count': '回数',
  'incident.impact': '影響：{impact}',

  'feed.title': '{title}：インシデントとメンテナンス',
  'calendar.title': '{title}：メンテナンス',

  'page.skip': 'システムの状態へ移動',
  'page.subscribe': '通知を購読',
  'page.languages': '言語',
  'page.tasks': '現在、手続きできるか',
  'page.components': '{n}機能',
  'page.no_systems': '測定するシステムはまだ設定されていません。',
  'page.simulator': '模擬システム',
  'page.sandbox': 'サンドボックス環境',
  'page.legend': '凡例',
  'page.legend_no_data': '測定なし',
  'page.legend_shorter': '当日、ほかに5分未満の停止あり',
  'page.unofficial': '非公式、{operator}が測定',
  'page.method': '測定方法',
  'page.method_body':
    'これらのシステムを一般の利用者と同じように外部から利用し、毎回の結果を記録しています。' +
    '失敗については、当方の回線やマシンの問題でないことをまず確認します。' +
    '偶然とは考えにくい回数（通常は2〜8回）連続して失敗した場合に停止とし、' +
    '2回連続して成功した場合に復旧とします。' +
    '有効期限を過ぎても新しい測定がなければ、不明と表示します。' +
    '稼働率＝1−停止÷（測定できた時間−期限内に告知されたメンテナンス中の障害）とし、' +
    '小数第2位までで切り捨てます。一部停止は別に示し、停止には数えません。' +
    '利用できると測定された時間は、告知の有無にかかわらず停止に数えません。' +
    '当方が停止していた時間は算入しません。',
  'page.zone': '時刻のタイムゾーンはすべて{zone}です。',
  'page.year': '年の記載がない日付はすべて{year}年です。',
  'page.feeds': 'インシデントとメンテナンスのフィード、メンテナンスのカレンダー：',
  'page.data': 'データAPI（Statuspage v2）',
  'page.description': '{title}：{verdict}',
  'page.stale_title': 'このページは古くなっている可能性があります',
  'page.stale_lost':
    'サーバーとの接続が切れ、再接続しています。以下は切断前の結果です。' +
    '現在の状態とは考えないでください。',
  'page.left_open':
    'このページは開いてから{duration}を超えており、更新されていません。' +
    '現在の状態は、開き直してご確認ください。',
  'page.stale_not_fetched':
    '最新の内容をサーバーから取得できず、再試行しています。以下は以前に取得した内容であり、' +
    '現在の状態ではありません。',
  'page.stale_expired':
    '有効期限を過ぎましたが、新しい測定を受信していません。現在の状態は不明です。',

  'demo.title': 'デモデータ',
  'demo.about':
    'システムと過去の履歴はすべてシミュレーションで、実在のシステムや企業とは関係ありません。' +
    '次をお試しください。約30秒で反映されます：',
  'demo.slow_download': 'ダウンロードを遅くする',
  'demo.drills': 'その他の訓練',
  'demo.stalled_sync': '同期を止める',
  'demo.mailbox': '購読者に届くもの：デモ用メールボックス',
  'demo.recover': '復旧させる',
} satisfies Record<keyof typeof zhCN, string>;
