import type zhCN from '../../zh-CN/page/frame.ts';

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

  'told.at': '{time}現在（{zone}）',

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
