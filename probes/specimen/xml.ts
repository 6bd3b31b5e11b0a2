import { dateTime } from './dates.ts';
import { SPECIMEN_REGION_CODE, type SpecimenInvoice, type SpecimenLine } from './invoice.ts';
import { element, XML_DECLARATION } from './markup.ts';
import { amountInWords, yuan } from './money.ts';

/**
 * The specimen as 数电票 XML. Element names are those seen in delivered files; no schema is published.
 */
export function specimenXml(invoice: SpecimenInvoice): Uint8Array {
  return Buffer.from(
    `${XML_DECLARATION}<EInvoice>${header(invoice)}${data(invoice)}` +
      `<SellerAuthentication>${element('AuthenticationMethods', 'TEST')}</SellerAuthentication>` +
      `${supervision(invoice)}</EInvoice>\n`,
  );
}

function header(invoice: SpecimenInvoice): string {
  return (
    '<Header>' +
    element('EIid', invoice.number) +
    element('EInvoiceTag', 'SWEI3200') +
    element('Version', '0.2') +
    `<InherentLabel>${label('InIssuType', 'Y', '是')}${label('EInvoiceType', '01', '样张')}` +
    `${label('GeneralOrSpecialVAT', '02', '普通发票')}</InherentLabel>` +
    '</Header>'
  );
}

function label(name: string, code: string, text: string): string {
  return `<${name}>${element('LabelCode', code)}${element('LabelName', text)}</${name}>`;
}

function data(invoice: SpecimenInvoice): string {
  return (
    '<EInvoiceData>' +
    `<SellerInformation>${element('SellerIdNum', invoice.seller.tax_id)}` +
    `${element('SellerName', invoice.seller.name)}</SellerInformation>` +
    `<BuyerInformation>${element('BuyerIdNum', invoice.buyer.tax_id)}` +
    `${element('BuyerName', invoice.buyer.name)}</BuyerInformation>` +
    basics(invoice) +
    invoice.lines.map(item).join('') +
    `<SpecificInformation/>` +
    `<AdditionalInformation>${element('Remark', invoice.remark)}</AdditionalInformation>` +
    '</EInvoiceData>'
  );
}

function basics(invoice: SpecimenInvoice): string {
  return (
    '<BasicInformation>' +
    element('TotalAmWithoutTax', yuan(invoice.amount_fen)) +
    element('TotalTaxAm', yuan(invoice.tax_fen)) +
    element('TotalTax-includedAmount', yuan(invoice.total_fen)) +
    element('TotalTax-includedAmountInChinese', amountInWords(invoice.total_fen)) +
    element('Drawer', invoice.drawer) +
    element('RequestTime', dateTime(invoice.issued)) +
    '</BasicInformation>'
  );
}

function item(line: SpecimenLine): string {
  return (
    '<IssuItemInformation>' +
    element('ItemName', line.name) +
    element('SpecMod', '') +
    element('MeaUnits', line.unit) +
    element('Quantity', line.quantity) +
    element('UnPrice', yuan(line.unit_price_fen)) +
    element('Amount', yuan(line.amount_fen)) +
    element('TaxRate', (line.tax_rate / 100).toFixed(2)) +
    element('ComTaxAm', yuan(line.tax_fen)) +
    element('TotaltaxIncludedAmount', yuan(line.amount_fen + line.tax_fen)) +
    element('TaxClassificationCode', line.tax_code) +
    '</IssuItemInformation>'
  );
}

function supervision(invoice: SpecimenInvoice): string {
  return (
    '<TaxSupervisionInfo>' +
    element('InvoiceNumber', invoice.number) +
    element('IssueTime', dateTime(invoice.issued)) +
    element('TaxBureauCode', SPECIMEN_REGION_CODE) +
    element('TaxBureauName', '样张税务局（模拟）') +
    '</TaxSupervisionInfo>'
  );
}
