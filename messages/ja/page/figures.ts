import type zhCN from '../../zh-CN/page/figures.ts';

export default {
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
} satisfies Record<keyof typeof zhCN, string>;
