import { expect, test } from 'vitest';
import {
  type Said,
  textMentions,
  textSays,
  titleNames,
  titleSays,
} from '../../probes/page/says.ts';
import { pathNamesMaintenance } from '../../probes/page/words/maintenance.ts';

/** A title: what it says whatever is on the page, and what it names where nothing expected is. */
const TITLES: [string, Said | null, Said | null][] = [
  ['系统维护中', 'maintenance', 'maintenance'],
  ['網站正在維護', 'maintenance', 'maintenance'],
  ['系统升级中，请稍后访问', 'maintenance', 'maintenance'],
  ['票务系统维护中', 'maintenance', 'maintenance'],
  ['发票系统-维护中', 'maintenance', 'maintenance'],
  ['Under Maintenance', 'maintenance', 'maintenance'],
  ['We’ll be back soon!', 'maintenance', 'maintenance'],
  ['メンテナンス中', 'maintenance', 'maintenance'],
  ['网站升级改造中，敬请期待', 'maintenance', 'maintenance'],
  ['系统更新中', 'maintenance', 'maintenance'],
  ['设备管理系统维护中', 'maintenance', 'maintenance'],
  ['Down for maintenance', 'maintenance', 'maintenance'],
  ['系统维护', null, 'maintenance'],
  ['关于系统升级的公告', null, 'maintenance'],
  ['电子发票服务平台升级公告', null, 'maintenance'],
  ['平台升级维护，暂停服务', null, 'maintenance'],
  ['国家税务总局某某市电子税务局 - 系统维护公告', null, 'maintenance'],
  ['Site Maintenance', null, 'maintenance'],
  ['Maintenance', null, 'maintenance'],
  ['设备维护管理系统', null, null],
  ['设备维护中', null, null],
  ['售后维护中心', null, null],
  ['固件升级中', null, null],
  ['会员升级', null, null],
  ['数据更新中', null, null],
  ['系统维护中怎么办', null, null],
  ['系统管理-系统维护日志', null, null],
  ['Vehicles under maintenance', null, null],
  ['Maintenance in progress report', null, null],
  ['客户关系维护', null, null],
  ['系统维护与升级管理平台', null, null],
  ['税务系统升级改造项目管理', null, null],
  ['正在维护的项目列表', null, null],
  ['维护中小企业权益', null, null],
  ['升级中心', null, null],
  ['运维管理平台', null, null],
  ['网站维护单位', null, null],
  ['Maintenance Portal Login', null, null],
  ['Preventive Maintenance Software', null, null],
  ['系统错误', 'error', 'error'],
  ['系統繁忙', 'error', 'error'],
  ['404', 'error', 'error'],
  ['404 Not Found', 'error', 'error'],
  ['502 Bad Gateway', 'error', 'error'],
  ['HTTP Status 404 – Not Found', 'error', 'error'],
  ['您访问的页面不存在', 'error', 'error'],
  ['电子税务局 - 出错了', 'error', 'error'],
  ['IIS 10.0 详细错误 - 404.0 - Not Found', 'error', 'error'],
  ['“/”应用程序中的服务器错误。', 'error', 'error'],
  ['Error', 'error', 'error'],
  ['Error Log Viewer', null, null],
  ['错误代码查询系统', null, null],
  ['中国企业500强', null, null],
  ['标普-500', null, null],
  ['404号仓库管理系统', null, null],
  ['Just a moment...', null, 'blocked'],
  ['Attention Required! | Cloudflare', null, 'blocked'],
  ['安全验证', null, 'blocked'],
  ['滑块验证码', null, 'blocked'],
  ['访问被拦截', null, 'blocked'],
  ['全国增值税发票查验平台', null, null],
  ['短信验证码登录', null, null],
  ['', null, null],
];

test.for(TITLES)('W15: the title "%s"', ([title, says, names]) => {
  expect([titleSays(title), titleNames(title)]).toEqual([says, names]);
});

/** A short text: what it says of now, and what it mentions in place of what was expected. */
const TEXTS: [string, Said | null, Said | null][] = [
  ['系统维护中', 'maintenance', 'maintenance'],
  ['尊敬的用户：\n系统正在升级，预计2小时后恢复。', 'maintenance', 'maintenance'],
  ['The site is down for scheduled maintenance.', 'maintenance', 'maintenance'],
  ['We are currently performing some maintenance.', 'maintenance', 'maintenance'],
  ['网站暂时无法访问', 'error', 'error'],
  ['用户登录\n公告:系统将于11月30日22:00进行系统维护', null, 'maintenance'],
  ['业务系统升级,暂停服务至20:00', null, 'maintenance'],
  ['登录\n系统维护:某某公司 电话 010-0000', null, null],
  ['设备状态:维护中', null, null],
  ['系统错误', 'error', 'error'],
  ['{"code":500,"message":"系统繁忙"}', 'error', 'error'],
  ['404 Not Found\nnginx', 'error', 'error'],
  ['页面不存在,可能正在维护', 'error', 'error'],
  ['请完成安全验证', 'blocked', 'blocked'],
  ['很抱歉,由于您访问的URL有可能对网站造成安全威胁,您的访问被阻断。', 'blocked', 'blocked'],
  ['登录\n连续输错密码,您的操作将被限制', null, null],
  ['{"code":500}', null, null],
  ['{"code":200,"status":"UP"}', null, null],
  ['欢迎 登录 忘记密码', null, null],
];

test.for(TEXTS)('W15: the text "%s"', ([text, says, mentions]) => {
  expect([textSays(text), textMentions(text)]).toEqual([says, mentions]);
});

test.for([
  ['/weihu.html', true],
  ['/maintenance/', true],
  ['/sys/maintenance/index.html', true],
  ['/under-maintenance', true],
  ['/%E7%BB%B4%E6%8A%A4.html', true],
  ['/tingji.htm', true],
  ['/equipment-maintenance/login', false],
  ['/maintenance/login', false],
  ['/maintainers', false],
  // "省级": of a province.
  ['/shengji/index.html', false],
  ['/%E0%A4%A', false],
  ['/', false],
] as [string, boolean][])('W15: the path %s', ([path, names]) => {
  expect(pathNamesMaintenance(path)).toBe(names);
});
