/**
 * Messages of mails and webhooks beyond the page's, separate so that readers' browsers do not load
 * them.
 */
export default {
  'title.tagged': '【{tag}】{title}',
  'title.component': '{system}：{function}',
  'title.in_state': '{title}{state}',
  'link.separator': '：',

  'incident.functions': '影响功能',
  'incident.since': '开始时间',
  'incident.duration': '历时',
  'incident.impact_term': '影响程度',
  'incident.action': '查看进展与证据',

  'maintenance.action': '查看维护详情',

  'subscription.title': '请确认订阅：{title}',
  'subscription.asked':
    '有人（希望是你）在“{title}”用这个地址订阅了通知。请在 48 小时内打开下面的链接并确认，之后才会开始通知。',
  'subscription.not_me': '不是你？不用理会，不确认就不会再收到消息，地址 48 小时后自动删除。',
  'subscription.confirm': '确认订阅',
  'subscription.known_title': '你已经订阅了：{title}',
  'subscription.known':
    '有人（可能是你）又用这个地址在“{title}”订阅通知。这个地址已经订阅过，设置没有改变。要修改或退订，请打开下面的链接。',
  'subscription.manage': '管理订阅',
  'subscription.systems': '系统',
  'subscription.all_systems': '全部',
  'subscription.kinds': '事情',
  'subscription.incident': '故障',
  'subscription.maintenance': '维护',

  'alert.opened': '告警',
  'alert.changed': '告警变化',
  'alert.resolved': '告警解除',
  'alert.stale_title': '{title}测量中断',
  'alert.unjudged_title': '{title}无法判断：{why}',
  'alert.unjudged_body':
    '{title}有测量，但都没有结论，现在的状态未知。系统可能正常，也可能不正常。',
  'alert.channel_title': '通知渠道 {channel} 发不出去',
  'alert.state': '状态',
  'alert.reason': '原因',
  'alert.functions': '影响对象',
  'alert.lines': '测量线路',
  'alert.since': '开始时间',
  'alert.known': '发现时间',
  'alert.ended': '恢复时间',
  'alert.duration': '历时',
  'alert.acknowledged': '已有人处理',
  'alert.error': '最后的错误',
  'alert.state_body': '{title}现在是“{state}”。',
  'alert.ended_body': '{title}已恢复正常。',
  'alert.stale_body': '{title}没有新的测量结果，现在的状态未知。系统可能正常，也可能不正常。',
  'alert.stale_ended_body': '{title}又有测量结果了。',
  'alert.channel_body':
    '通知渠道 {channel} 连续发送失败。没有送达的通知会保留并继续重试，请检查它的服务器和配置。',
  'alert.channel_ended_body': '通知渠道 {channel} 又能发送了。',
  'alert.own_unseen': '{what}，结束未观察到',
  'alert.unseen_end_body':
    '我们的程序重新启动了，启动前它还没有结束，现在是否结束不知道。还在的话会另行告警。',
  'alert.own_ended': '{what}，已恢复',
  'alert.own_ended_body': '已恢复。这段时间里没能测量或记下的，记为没有测量。',
  'alert.neutral_title': '对照网站 {name} 没有应答',
  'alert.neutral_body':
    '对照网站 {name} 没有应答。只有它一个，不说明我们的线路有故障，系统的状态不受影响；恢复之前少一个对照。',
  'alert.neutral_ended_body': '对照网站 {name} 又有应答了。',
  'alert.detail': '详情',
  'own_detail.neutrals_silent': '{n} 个对照网站都没有应答',
  'own_detail.hosts_silent': '试了 {n} 个不相干的网站，都没有应答',
  'own_detail.hosts_answer': '又有网站应答了',
  'own_detail.no_route': '本机没有通往外面的路由',
  'own_detail.route_back': '又有了通往外面的路由',
  'own_detail.host_silent': '{host} 没有应答',
  'own_detail.host_answers': '{host} 又有应答了',
  'own_detail.loop_delayed': '{span}里测量程序停了 {delay}',
  'own_detail.loop_in_time': '测量程序一分钟没有再停',
  'own_detail.thread_dies': '{span}里测量线程退出了 {n} 次，每次的原因见日志',
  'own_detail.thread_runs': '测量线程又正常运行了两分钟',
  'own_detail.clock_differs': '与其他网站的时钟相差 {ahead}',
  'own_detail.clock_agrees': '又与其他网站的时钟一致',
  'own_detail.clock_set': '时钟被拨了 {by}',
  'own_detail.space_left': '磁盘剩余 {percent}%',
  'own_detail.ledger_differs':
    '{n} 处，第一处：{component}，{from} 到 {to}，记录为“{recorded}”，重新判定为“{derived}”',
  'alert.look': '先看什么',
  'alert.look_line':
    '本机的网线、路由、域名服务器和代理；再运行 npm run check，看是不是所有地址都连不上。',
  'alert.look_clock':
    'timedatectl 或 chronyc tracking：时间同步是否在运行；虚拟机有没有被暂停或迁移。',
  'alert.look_disk': '数据目录所在磁盘的空间（df -h）和写入权限。能写之后自动恢复，不用重启。',
  'alert.look_lock':
    '哪个程序占用了数据库文件（lsof、fuser）：备份、sqlite3 命令行、另一个实例。释放之后自动恢复，不用重启。',
  'alert.look_ledger':
    '运行 npm run replay，它会列出每一处。把结果连同版本和日志告诉开发者；' +
    '在那之前，这些时段的状态和时长不要对外引用。',
  'alert.look_machine':
    '本机负载（uptime、top）：有没有别的程序占满 CPU 或内存；虚拟机有没有被暂停。' +
    '程序反复退出或没有应答的，看它的日志。',
  'alert.look_process': '它的日志和退出的原因（见详情）；内存够不够（dmesg 里有没有 oom）。',
  'alert.look_stopped': '详情里的原因。处理之后重新启动；在那之前没有任何测量和告警。',
  'alert.look_neutral':
    '在浏览器里打开这个网站。如果它长期停用，请在配置里换一个（至少两个对照网站）。',
  'alert.acknowledge': '我来处理',
  'alert.evidence': '查看证据',

  'acknowledge.title': '我来处理这个告警',
  'acknowledge.about': '按下之后，其他值班的人会看到已有人处理。告警恢复时仍会通知。',
  'acknowledge.done_title': '已记下',
  'acknowledge.done': '{time} 起有人处理。恢复时会再通知。',
  'acknowledge.over': '告警已经在 {time} 解除。',
  'acknowledge.wrong_title': '链接无效',
  'acknowledge.wrong': '这个链接不完整或被改动过。请从告警里重新打开。',

  'mailbox.title': '演示邮箱',
  'mailbox.about':
    '演示不真的发邮件：本来要发出的邮件都放在这里，任何人都能看到，所以请不要填写真实的地址。只保留最近的一些。',
  'mailbox.none': '还没有邮件。订阅通知，或者让一个功能出故障，邮件就会出现在这里。',
  'mailbox.to': '收件人',
  'mailbox.from': '发件人',
  'mailbox.sent': '时间',
  'mailbox.subject': '主题',
  'mailbox.back': '返回演示邮箱',
  'mailbox.text': '纯文本',
  'mailbox.html': 'HTML',
  'mailbox.frame': '邮件的 HTML 版本',
} as const;
