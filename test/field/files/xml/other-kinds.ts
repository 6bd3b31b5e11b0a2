import { type FieldFile, type FieldFiles, NUMBER } from '../field-file.ts';

/** What is sent as XML and is no 数电票 in the elements that we know: shortened to what tells. */
export const XML_OTHER_KINDS: FieldFiles = {
  'KSeF FA(3)': other(
    '<Faktura xmlns="http://crd.gov.pl/wzor/2025/06/25/13775/"><Naglowek>' +
      '<KodFormularza kodSystemowy="FA (3)" wersjaSchemy="1-0E">FA</KodFormularza>' +
      '<WariantFormularza>3</WariantFormularza></Naglowek><Fa><KodWaluty>PLN</KodWaluty>' +
      '<P_1>2026-09-25</P_1><P_2>1/2026</P_2><P_15>113.00</P_15></Fa></Faktura>',
  ),
  'NF-e': other(
    '<nfeProc xmlns="http://www.portalfiscal.inf.br/nfe" versao="4.00"><NFe><infNFe ' +
      'Id="NFe00260900000000000000550010000000011000000017" versao="4.00"><ide><nNF>1</nNF></ide>' +
      '<total><ICMSTot><vNF>113.00</vNF></ICMSTot></total></infNFe></NFe></nfeProc>',
  ),
  UBL: other(
    '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" ' +
      'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">' +
      '<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID><cbc:ID>1</cbc:ID>' +
      '<cbc:IssueDate>2026-09-25</cbc:IssueDate></Invoice>',
  ),
  CII: other(
    '<rsm:CrossIndustryInvoice ' +
      'xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" ' +
      'xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity' +
      ':100"><rsm:ExchangedDocument><ram:ID>1</ram:ID></rsm:ExchangedDocument>' +
      '</rsm:CrossIndustryInvoice>',
  ),
  'XBRL of a 数电票': other(
    '<xbrl xmlns="http://www.xbrl.org/2003/instance" xmlns:inv="http://xbrl.mof.gov.cn/taxonomy/' +
      '2021-11-30/inv"><context id="c"><entity><identifier scheme="x">1</identifier></entity>' +
      '<period><instant>2026-09-25</instant></period></context>' +
      `<inv:InvoiceNumber contextRef="c">${NUMBER}</inv:InvoiceNumber></xbrl>`,
  ),
  'an e-ticket of the railway': other(
    '<RailwayETicket xmlns="http://xbrl.mof.gov.cn/taxonomy/2023/rai">' +
      `<EInvoiceID>${NUMBER}</EInvoiceID><Fare>113.00</Fare></RailwayETicket>`,
  ),
  'an e-invoice of 2019 (edrm)': other(
    '<EInvoice xmlns="http://www.edrm.org.cn/schema/e-invoice/2019">' +
      `<eid:Header xmlns:eid="http://www.edrm.org.cn/schema/e-invoice/2019"><eid:EIid>${NUMBER}` +
      '</eid:EIid></eid:Header></EInvoice>',
  ),
  CFDI: other(
    '<cfdi:Comprobante xmlns:cfdi="http://www.sat.gob.mx/cfd/4" Version="4.0" Total="113.00"/>',
  ),
  FatturaPA: other(
    '<p:FatturaElettronica versione="FPR12" ' +
      'xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2">' +
      '<FatturaElettronicaHeader/></p:FatturaElettronica>',
  ),
  'an answer in SOAP': other(
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>' +
      '<getInvoiceResponse><code>0</code></getInvoiceResponse></soap:Body></soap:Envelope>',
  ),
};

function other(xml: string): FieldFile {
  return {
    id: 'F9',
    make: () => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}\n`),
    should: { verdict: 'unjudged', reason: 'unknown_kind', checked: 'none' },
  };
}
