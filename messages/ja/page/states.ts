import type zhCN from '../../zh-CN/page/states.ts';

export default {
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
} satisfies Record<keyof typeof zhCN, string>;
