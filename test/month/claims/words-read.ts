import type { OracleAilment } from '../oracle/component.ts';
import type { IncidentWord, MaintenanceWord } from './claim.ts';

/** The words of docs/sentences.md in Chinese, read by hand; nothing of the product is imported. */
export const READ_SYSTEMS: Record<string, string> = {
  '拼多多发票（模拟）': 'pinduoduo',
  '北京电子发票（模拟）': 'beijing',
};
export const READ_FUNCTIONS: Record<string, string> = {
  上传: 'upload',
  查询: 'query',
  同步: 'sync',
  下载: 'download',
};

/** How something is, in a headline, a title or a row. */
export const NOW: Record<string, OracleAilment> = {
  正常: 'operational',
  中断: 'major_outage',
  部分中断: 'partial_outage',
  部分用户受影响: 'some_users',
  较慢: 'degraded_performance',
  维护中: 'under_maintenance',
  暂时未知: 'unknown',
  未知: 'unknown',
};

/** How it was after that, by the time that it was told. */
export const AFTER: Record<string, OracleAilment> = {
  此后进入维护: 'under_maintenance',
  此后情况不明: 'unknown',
};

/** How it was. */
export const WAS: Record<string, OracleAilment> = {
  曾中断: 'major_outage',
  曾部分中断: 'partial_outage',
  曾有部分用户受影响: 'some_users',
  曾较慢: 'degraded_performance',
};

/** What is advised, and when. */
export const ADVICE: Record<string, OracleAilment> = {
  '请先等恢复，不要反复重试。': 'major_outage',
  '可能会失败，不急的话稍后再办。': 'partial_outage',
  '有的人会失败，失败了可以过一会儿再试。': 'some_users',
  '可以办理，但要多等一会儿。': 'degraded_performance',
  '现在没有可以下结论的测量，不代表系统有故障，也不代表正常。要紧的事请直接到该系统核实。':
    'unknown',
  '测量到的功能可以照常使用。': 'operational',
  '请等维护结束后再办。': 'under_maintenance',
  '现在实测可用，急用可以试，不急请等维护结束。': 'under_maintenance',
};

export const INCIDENT_WORDS: Record<string, IncidentWord> = {
  持续中: 'going_on',
  '已恢复，观察中': 'watched',
  情况不明: 'unclear',
  已解决: 'resolved',
  维护中: 'maintained',
};

export const MAINTENANCE_WORDS: Record<string, MaintenanceWord> = {
  计划维护: 'scheduled',
  维护中: 'under_way',
  公告维护已超时: 'overrun',
  '已结束，确认恢复中': 'verifying',
  已完成: 'completed',
  公告时间已过: 'passed',
};

/** What an update of a maintenance says. */
export const MAINTENANCE_UPDATES: Record<string, MaintenanceWord> = {
  '已公告维护计划。': 'scheduled',
  '维护即将开始，请提前安排。': 'reminded',
  '维护已开始。': 'under_way',
  '已过公告的结束时间，还没有宣布结束。': 'overrun',
  '维护工作已结束，正在测量功能是否恢复。': 'verifying',
  '范围内的功能已恢复正常，维护完成。': 'completed',
  '公告的维护时间已过。其间我们没有测量，不知道维护是否如期进行；正在测量功能是否正常。': 'passed',
  '范围内的功能实测正常。': 'completed',
};

export const CAUSES = ['测量程序停机', '我们的机器被暂停', '时钟拨快'];

export const OWN: Record<string, string> = {
  我们的时钟有故障: 'clock',
  我们的磁盘有故障: 'disk',
};

/** Names, headings, buttons and explanations: they claim nothing of the systems. */
export const CLAIMS_NOTHING: ReadonlySet<string> = new Set([
  '我们从外面像普通用户一样使用这些系统，并记录每一次的结果。失败要先看清不是我们自己的线路或机器的问题；' +
    '连续失败到不像偶然（一般 2 到 8 次）才算中断，连续两次成功才算恢复；超过有效期没有新的测量就显示未知。' +
    '可用 = 1 − 中断 ÷（测量到的时间 − 按时公告的维护里的故障），截断到两位小数；部分中断另列，不算中断。' +
    '测到可用的时间从不算中断，不管有没有公告。我们自己停机的时间不计入。',
  '没有已经结束的事件或维护；正在发生的见上方。',
  '这段时间没有失败的测量。',
  ...Object.entries(READ_SYSTEMS).flatMap(([system]) =>
    Object.keys(READ_FUNCTIONS).flatMap((fn) => [
      `${system}${fn}：过去 90 天每天的状态`,
      `按天列出 · ${system}的${fn}`,
      `${system}${fn}，中国标准时间（Asia/Shanghai）的每一天；一天取持续 5 分钟以上的最差状态`,
    ]),
  ),
  ...Object.keys(READ_SYSTEMS),
  ...Object.keys(READ_FUNCTIONS),
  '语言',
  'light dark',
  'width=device-width,initial-scale=1',
  '跳到系统状态',
  '电子发票系统状态',
  '非官方，由票况演示测量',
  '订阅通知',
  '中文',
  'zh-CN',
  '这页可能已经过时：这页打开已超过 2 分钟，没有再更新。现在的状态请重新打开再看。',
  '线路：local、agent',
  '中国标准时间（Asia/Shanghai）',
  '进展与证据',
  '模拟系统',
  '2 项功能',
  '90 天前',
  '今天',
  '日期',
  '状态',
  '中断时长',
  '部分受影响',
  '可用',
  '测量次数',
  '成功',
  '图例',
  '正常',
  '较慢或受限',
  '部分中断',
  '中断',
  '维护中',
  '没有测量',
  '当天另有不足 5 分钟的中断',
  '按天列出',
  '最近的事件与维护',
  '正在发生',
  '维护',
  '我们怎么测量',
  '数据接口（Statuspage v2）',
  '事件与维护的订阅源和维护日历：Atom RSS JSON Feed iCalendar',
  '非官方，由票况演示测量 · 所有时间的时区：中国标准时间（Asia/Shanghai）。没有写年份的日期都在 2026 年。',
  '非官方，由票况演示测量 · 所有时间的时区：中国标准时间（Asia/Shanghai）。',
  '我们没有测量的时段',
  '我们自己的故障',
  '我们自己',
  '这些时段是我们自己没有测量，或没能及时记下。没有测量的时间既不算正常，也不算中断。',
  '时段',
  '时长',
  '原因',
  '← 返回总览',
  '受影响的功能',
  '进展（新的在前）',
  '证据：逐分钟的失败测量',
  '这段时间里失败的测量，按分钟合并。时间是测量开始的时间。',
  '时间',
  '功能',
  '结果',
  '次数',
  '影响范围',
  '预计恢复',
  '原预计恢复',
  '公告时间',
  '可用率怎么算',
  '实际时间',
  '发到群里',
  '把下面的文字复制到聊天里，对方不打开网页也能看懂。',
  '复制文字',
  '扫码打开本页',
  '订阅维护日历（iCalendar）',
  '系统升级',
  '--',
  '模拟数据：不涉及任何真实的系统和公司。',
  '时间均为中国标准时间（Asia/Shanghai）。',
  '你收到这封邮件，是因为 a@example.com 是“电子发票系统状态”的值班邮箱。',
  '电子发票系统状态：事件与维护',
  '电子发票系统状态：维护',
  '票况演示',
]);

/** Sentences that only ask or explain. */
export const EXPLAINS: readonly string[] = [
  '已经提交的发票不要重复提交。',
  '我们在继续测量，有变化会写在这里。',
  '继续观察一段时间。',
  '测到之后会写在这里。',
  '可能只影响部分网络。',
  '不代表系统故障。',
  '系统可能正常，也可能不正常。',
  '这里的时间可能有偏差；拨快跳过的时间记为没有测量。',
  '新的测量可能记不下来；没有记下的时间记为没有测量。',
  '已恢复。这段时间里没能测量或记下的，记为没有测量。',
  'timedatectl 或 chronyc tracking：时间同步是否在运行；虚拟机有没有被暂停或迁移。',
  '数据目录所在磁盘的空间（df -h）和写入权限。能写之后自动恢复，不用重启。',
];
