/** The fixed texts of the page. */
export const PAGE_WORDS = {
  title: '电子发票（普通发票）',
  number: '发票号码：',
  issued: '开票日期：',
  buyer: '购买方信息',
  seller: '销售方信息',
  name: '名称：',
  tax_id: '统一社会信用代码/纳税人识别号：',
  sum: '合计',
  total: '价税合计（大写）',
  total_figures: '（小写）',
  remark: '备注',
  drawer: '开票人：',
  no_seal: '监测程序的测试文件，无印章，无法律效力',
  yuan: '¥',
};

export const COLUMN_HEADS = {
  item: '项目名称',
  unit: '单位',
  quantity: '数量',
  unit_price: '单价',
  amount: '金额',
  tax_rate: '税率',
  tax: '税额',
};
