import { NUMBER } from '../field-file.ts';

/** A line as goods lists have it; money as it is written. */
export interface EinvoiceLine {
  amount: string;
  tax: string;
  sum: string;
}

export interface EinvoiceParts {
  declaration?: string;
  number?: string;
  id?: string;
  lines?: readonly EinvoiceLine[];
  totals?: EinvoiceLine;
  /** Within the root, at its end. */
  more?: string;
  root?: string;
}

const ONE = { amount: '100.00', tax: '13.00', sum: '113.00' };

/** A 数电票 in the elements that delivered files have; no schema is published. */
export function einvoice(parts: EinvoiceParts = {}): string {
  const { number = NUMBER, lines = [ONE], totals = ONE, root = 'EInvoice' } = parts;
  const { declaration = '<?xml version="1.0" encoding="UTF-8"?>\n' } = parts;
  const items = lines.map(
    (line, n) =>
      `<IssuItemInformation><ItemName>*样张*第${n + 1}项</ItemName><MeaUnits>件</MeaUnits>` +
      `<Quantity>1</Quantity><UnPrice>${line.amount}</UnPrice><Amount>${line.amount}</Amount>` +
      `<TaxRate>0.13</TaxRate><ComTaxAm>${line.tax}</ComTaxAm>` +
      `<TotaltaxIncludedAmount>${line.sum}</TotaltaxIncludedAmount></IssuItemInformation>`,
  );
  return (
    `${declaration}<${root}><Header><EIid>${parts.id ?? number}</EIid>` +
    '<EInvoiceTag>SWEI3200</EInvoiceTag><Version>0.2</Version></Header><EInvoiceData>' +
    '<SellerInformation><SellerIdNum>00SPECIMEN00000001</SellerIdNum>' +
    '<SellerName>样张销售方（模拟）</SellerName></SellerInformation>' +
    '<BuyerInformation><BuyerIdNum>00SPECIMEN00000011</BuyerIdNum>' +
    '<BuyerName>样张购买方（模拟）</BuyerName></BuyerInformation><BasicInformation>' +
    `<TotalAmWithoutTax>${totals.amount}</TotalAmWithoutTax>` +
    `<TotalTaxAm>${totals.tax}</TotalTaxAm>` +
    `<TotalTax-includedAmount>${totals.sum}</TotalTax-includedAmount>` +
    `</BasicInformation>${items.join('')}</EInvoiceData><TaxSupervisionInfo>` +
    `<InvoiceNumber>${number}</InvoiceNumber><IssueTime>2026-09-25 12:00:00</IssueTime>` +
    '<TaxBureauCode>00</TaxBureauCode></TaxSupervisionInfo>' +
    `${parts.more ?? ''}</${root}>\n`
  );
}
