import type zhCN from '../../zh-CN/page/verdict.ts';

export default {
  'task.because': '依存先の{system}の{function}：{state}',
  'task.partly_unknown': '{state}、一部不明',
  'task.some_unknown': '一部不明',
  'task.recovered': '{state}、復旧直後',

  'well.answered': '応答あり（ページの内容は未確認）',
  'well.quiet': '直近の利用時は正常（現在は自社の取引なし）',
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
  'verdict.quiet': '{tasks}は現在自社の取引なし',
  'verdict.separator': '、',

  'advice.operational': '測定した機能は通常どおり利用できます。',
  'advice.all_answered':
    '入口に応答があることだけを確認しています。手続きができるかどうかは測定していません。',
  'advice.all_quiet':
    '現在は判定できる自社の取引がなく、分かるのは直近の利用時に正常だったことだけです。' +
    '重要な手続きは、システムで直接ご確認ください。',
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

  'recovered.title': '復旧直後',
  'recovered.since': '{time}から{state}',

  'troubles.more': 'ほか{n}件',

  'claim.seen_from': '{claim}（{line}から測定）',
  'claim.maybe_our_line': '{claim}（当方の回線の可能性あり）',
} satisfies Record<keyof typeof zhCN, string>;
