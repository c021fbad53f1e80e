<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>CasesPage</name>
    <message numerus="yes">
        <source>%n open case(s)</source>
        <translation>
            <numerusform>%n open case</numerusform>
            <numerusform>%n open cases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CentralWords</name>
    <message numerus="yes">
        <source>%n unsent</source>
        <translation>
            <numerusform>%n unsent</numerusform>
            <numerusform>%n unsent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n seat(s)</source>
        <translation>
            <numerusform>%n seat</numerusform>
            <numerusform>%n seats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n order(s)</source>
        <translation>
            <numerusform>%n order</numerusform>
            <numerusform>%n orders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ComePart</name>
    <message numerus="yes">
        <source>%n order(s)</source>
        <translation>
            <numerusform>%n order</numerusform>
            <numerusform>%n orders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them with a phone</source>
        <translation>
            <numerusform>%n of them with a phone</numerusform>
            <numerusform>%n of them with a phone</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DayPart</name>
    <message numerus="yes">
        <source>%n live ticket(s)</source>
        <translation>
            <numerusform>%n live ticket</numerusform>
            <numerusform>%n live tickets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DayStatements</name>
    <message numerus="yes">
        <source>%n window(s)</source>
        <translation>
            <numerusform>%n window</numerusform>
            <numerusform>%n windows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DaysPart</name>
    <message numerus="yes">
        <source>%n pair(s) of rows agree</source>
        <translation>
            <numerusform>%n pair of rows agrees</numerusform>
            <numerusform>%n pairs of rows agree</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exception(s)</source>
        <translation>
            <numerusform>%n exception</numerusform>
            <numerusform>%n exceptions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Look at %n exception(s)</source>
        <translation>
            <numerusform>Look at %n exception</numerusform>
            <numerusform>Look at %n exceptions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeskActs</name>
    <message numerus="yes">
        <source>A payment came to nothing: its %n ticket(s) wait. Alt O brings them back.</source>
        <translation>
            <numerusform>A payment came to nothing: its %n ticket waits. Alt O brings it back.</numerusform>
            <numerusform>A payment came to nothing: its %n tickets wait. Alt O brings them back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DonePanel</name>
    <message numerus="yes">
        <source>Printing %n ticket(s)…</source>
        <translation>
            <numerusform>Printing %n ticket…</numerusform>
            <numerusform>Printing %n tickets…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) may not have been printed</source>
        <translation>
            <numerusform>%n page may not have been printed</numerusform>
            <numerusform>%n pages may not have been printed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) printed, and the receipt</source>
        <translation>
            <numerusform>%n ticket printed, and the receipt</numerusform>
            <numerusform>%n tickets printed, and the receipt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExceptionsPart</name>
    <message numerus="yes">
        <source>%n exception(s)</source>
        <translation>
            <numerusform>%n exception</numerusform>
            <numerusform>%n exceptions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pair(s) of rows agree</source>
        <translation>
            <numerusform>%n pair of rows agrees</numerusform>
            <numerusform>%n pairs of rows agree</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExchangeAct</name>
    <message numerus="yes">
        <source>%n paper ticket(s) taken back (Alt K)</source>
        <translation>
            <numerusform>%n paper ticket taken back (Alt K)</numerusform>
            <numerusform>%n paper tickets taken back (Alt K)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take %n new place(s)</source>
        <translation>
            <numerusform>Take %n new place</numerusform>
            <numerusform>Take %n new places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExchangeWords</name>
    <message numerus="yes">
        <source>Exchange %n</source>
        <translation>
            <numerusform>Exchange %n</numerusform>
            <numerusform>Exchange %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Exchange %n, {amount} back</source>
        <translation>
            <numerusform>Exchange %n, {amount} back</numerusform>
            <numerusform>Exchange %n, {amount} back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) exchanged</source>
        <translation>
            <numerusform>%n ticket exchanged</numerusform>
            <numerusform>%n tickets exchanged</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExtendReservation</name>
    <message numerus="yes">
        <source>+ %n min</source>
        <translation>
            <numerusform>+ %n min</numerusform>
            <numerusform>+ %n min</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilesBar</name>
    <message numerus="yes">
        <source>and %n more file(s)</source>
        <translation>
            <numerusform>and %n more file</numerusform>
            <numerusform>and %n more files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FreePanel</name>
    <message numerus="yes">
        <source>Give %n ticket(s) away</source>
        <translation>
            <numerusform>Give %n ticket away</numerusform>
            <numerusform>Give %n tickets away</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GroupPanel</name>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n ticket</numerusform>
            <numerusform>%n tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) listed</source>
        <translation>
            <numerusform>%n person listed</numerusform>
            <numerusform>%n persons listed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) need a look</source>
        <translation>
            <numerusform>%n line needs a look</numerusform>
            <numerusform>%n lines need a look</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a ticket</source>
        <translation>
            <numerusform>%n without a ticket</numerusform>
            <numerusform>%n without a ticket</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) stay without a person</source>
        <translation>
            <numerusform>%n ticket stays without a person</numerusform>
            <numerusform>%n tickets stay without a person</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistoryWords</name>
    <message numerus="yes">
        <source>%n ticket(s) handed over</source>
        <translation>
            <numerusform>%n ticket handed over</numerusform>
            <numerusform>%n tickets handed over</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Seats of %n ticket(s) swapped</source>
        <translation>
            <numerusform>Seats of %n ticket swapped</numerusform>
            <numerusform>Seats of %n tickets swapped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reserved ticket(s) released for sale</source>
        <translation>
            <numerusform>%n reserved ticket released for sale</numerusform>
            <numerusform>%n reserved tickets released for sale</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reservation ran out, %n ticket(s) on sale again</source>
        <translation>
            <numerusform>Reservation ran out, %n ticket on sale again</numerusform>
            <numerusform>Reservation ran out, %n tickets on sale again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Other places taken for %n ticket(s)</source>
        <translation>
            <numerusform>Another place taken for %n ticket</numerusform>
            <numerusform>Other places taken for %n tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Exchange of %n ticket(s) given up</source>
        <translation>
            <numerusform>Exchange of %n ticket given up</numerusform>
            <numerusform>Exchange of %n tickets given up</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) given back because of rain</source>
        <translation>
            <numerusform>%n ticket given back because of rain</numerusform>
            <numerusform>%n tickets given back because of rain</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) given back: session cancelled</source>
        <translation>
            <numerusform>%n ticket given back: session cancelled</numerusform>
            <numerusform>%n tickets given back: session cancelled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) given back: session moved</source>
        <translation>
            <numerusform>%n ticket given back: session moved</numerusform>
            <numerusform>%n tickets given back: session moved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) printed again as a duplicate</source>
        <translation>
            <numerusform>%n ticket printed again as a duplicate</numerusform>
            <numerusform>%n tickets printed again as a duplicate</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Purchase limit passed: up to %n ticket(s)</source>
        <translation>
            <numerusform>Purchase limit passed: up to %n ticket</numerusform>
            <numerusform>Purchase limit passed: up to %n tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) reserved</source>
        <translation>
            <numerusform>%n ticket reserved</numerusform>
            <numerusform>%n tickets reserved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) sold and paid through {channel}: {amount}</source>
        <translation>
            <numerusform>%n ticket sold and paid through {channel}: {amount}</numerusform>
            <numerusform>%n tickets sold and paid through {channel}: {amount}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) sold</source>
        <translation>
            <numerusform>%n ticket sold</numerusform>
            <numerusform>%n tickets sold</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) refunded</source>
        <translation>
            <numerusform>%n ticket refunded</numerusform>
            <numerusform>%n tickets refunded</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sale of %n ticket(s) voided</source>
        <translation>
            <numerusform>Sale of %n ticket voided</numerusform>
            <numerusform>Sale of %n tickets voided</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) exchanged</source>
        <translation>
            <numerusform>%n ticket exchanged</numerusform>
            <numerusform>%n tickets exchanged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) printed</source>
        <translation>
            <numerusform>%n page printed</numerusform>
            <numerusform>%n pages printed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) sent to the printer, in doubt</source>
        <translation>
            <numerusform>%n page sent to the printer, in doubt</numerusform>
            <numerusform>%n pages sent to the printer, in doubt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportCard</name>
    <message numerus="yes">
        <source>Import %n file(s)</source>
        <translation>
            <numerusform>Import %n file</numerusform>
            <numerusform>Import %n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LimitPanel</name>
    <message numerus="yes">
        <source>Allow %n ticket(s)</source>
        <translation>
            <numerusform>Allow %n ticket</numerusform>
            <numerusform>Allow %n tickets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MoneyMark</name>
    <message numerus="yes">
        <source>%n payment(s) unknown</source>
        <translation>
            <numerusform>%n payment unknown</numerusform>
            <numerusform>%n payments unknown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n paid late</source>
        <translation>
            <numerusform>%n paid late</numerusform>
            <numerusform>%n paid late</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exchange(s) not ended</source>
        <translation>
            <numerusform>%n exchange not ended</numerusform>
            <numerusform>%n exchanges not ended</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MoneyWords</name>
    <message numerus="yes">
        <source>%n exception(s) open</source>
        <translation>
            <numerusform>%n exception open</numerusform>
            <numerusform>%n exceptions open</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exception(s) to look at</source>
        <translation>
            <numerusform>%n exception to look at</numerusform>
            <numerusform>%n exceptions to look at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exception(s), all explained</source>
        <translation>
            <numerusform>%n exception, explained</numerusform>
            <numerusform>%n exceptions, all explained</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>agrees, %n row(s)</source>
        <translation>
            <numerusform>agrees, %n row</numerusform>
            <numerusform>agrees, %n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n transfer(s) booked</source>
        <translation>
            <numerusform>%n transfer booked</numerusform>
            <numerusform>%n transfers booked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n came back</source>
        <translation>
            <numerusform>%n came back</numerusform>
            <numerusform>%n came back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n refused</source>
        <translation>
            <numerusform>%n refused</numerusform>
            <numerusform>%n refused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) open</source>
        <translation>
            <numerusform>%n case open</numerusform>
            <numerusform>%n cases open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OfflineBand</name>
    <message numerus="yes">
        <source>Central is back: sending %n change(s)…</source>
        <translation>
            <numerusform>Central is back: sending %n change…</numerusform>
            <numerusform>Central is back: sending %n changes…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>only this computer knows of %n sale(s)</source>
        <translation>
            <numerusform>only this computer knows of %n sale</numerusform>
            <numerusform>only this computer knows of %n sales</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n seat(s)</source>
        <translation>
            <numerusform>%n seat</numerusform>
            <numerusform>%n seats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n order(s)</source>
        <translation>
            <numerusform>%n order</numerusform>
            <numerusform>%n orders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) are not at central yet</source>
        <translation>
            <numerusform>%n change is not at central yet</numerusform>
            <numerusform>%n changes are not at central yet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OpenMoneyPanel</name>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n ticket</numerusform>
            <numerusform>%n tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) held</source>
        <translation>
            <numerusform>%n place held</numerusform>
            <numerusform>%n places held</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OrdersPage</name>
    <message numerus="yes">
        <source>Hand over %n ticket(s)</source>
        <translation>
            <numerusform>Hand over %n ticket</numerusform>
            <numerusform>Hand over %n tickets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OrdersView</name>
    <message numerus="yes">
        <source>%n order(s) fit {shown}</source>
        <translation>
            <numerusform>%n order fits {shown}</numerusform>
            <numerusform>%n orders fit {shown}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ParkedPanel</name>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n ticket</numerusform>
            <numerusform>%n tickets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PayReservation</name>
    <message numerus="yes">
        <source>%n ticket(s) still wait to be paid</source>
        <translation>
            <numerusform>%n ticket still waits to be paid</numerusform>
            <numerusform>%n tickets still wait to be paid</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) paid and handed over</source>
        <translation>
            <numerusform>%n ticket paid and handed over</numerusform>
            <numerusform>%n tickets paid and handed over</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) still to scan</source>
        <translation>
            <numerusform>%n document still to scan</numerusform>
            <numerusform>%n documents still to scan</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n proof(s) still to see</source>
        <translation>
            <numerusform>%n proof still to see</numerusform>
            <numerusform>%n proofs still to see</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PickupGuide</name>
    <message numerus="yes">
        <source>Reservation: %n ticket(s) not paid, waiting until {time}.</source>
        <translation>
            <numerusform>Reservation: %n ticket not paid, waiting until {time}.</numerusform>
            <numerusform>Reservation: %n tickets not paid, waiting until {time}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) chosen</source>
        <translation>
            <numerusform>%n ticket chosen</numerusform>
            <numerusform>%n tickets chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PickupView</name>
    <message numerus="yes">
        <source>Print %n and hand over</source>
        <translation>
            <numerusform>Print %n and hand over</numerusform>
            <numerusform>Print %n and hand over</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) handed over</source>
        <translation>
            <numerusform>%n ticket handed over</numerusform>
            <numerusform>%n tickets handed over</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PickupWords</name>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n ticket</numerusform>
            <numerusform>%n tickets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlansPart</name>
    <message numerus="yes">
        <source>%n pair(s)</source>
        <translation>
            <numerusform>%n pair</numerusform>
            <numerusform>%n pairs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n three(s)</source>
        <translation>
            <numerusform>%n three</numerusform>
            <numerusform>%n threes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n four(s)</source>
        <translation>
            <numerusform>%n four</numerusform>
            <numerusform>%n fours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n order(s)</source>
        <translation>
            <numerusform>%n order</numerusform>
            <numerusform>%n orders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuoteSums</name>
    <message numerus="yes">
        <source>Return %n, nothing to pay back</source>
        <translation>
            <numerusform>Return %n, nothing to pay back</numerusform>
            <numerusform>Return %n, nothing to pay back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Refund %n · hand out {amount}</source>
        <translation>
            <numerusform>Refund %n · hand out {amount}</numerusform>
            <numerusform>Refund %n · hand out {amount}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Return %n · ask {channel} for {amount}</source>
        <translation>
            <numerusform>Return %n · ask {channel} for {amount}</numerusform>
            <numerusform>Return %n · ask {channel} for {amount}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Refund %n · {cash} cash, {amount} from {channel}</source>
        <translation>
            <numerusform>Refund %n · {cash} cash, {amount} from {channel}</numerusform>
            <numerusform>Refund %n · {cash} cash, {amount} from {channel}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RainWords</name>
    <message numerus="yes">
        <source>%n match(es) completed</source>
        <translation>
            <numerusform>%n match completed</numerusform>
            <numerusform>%n matches completed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min played</source>
        <translation>
            <numerusform>%n min played</numerusform>
            <numerusform>%n min played</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n match</numerusform>
            <numerusform>%n matches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>average of %n court(s)</source>
        <translation>
            <numerusform>average of %n court</numerusform>
            <numerusform>average of %n courts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>best of %n court(s)</source>
        <translation>
            <numerusform>best of %n court</numerusform>
            <numerusform>best of %n courts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>each of %n court(s)</source>
        <translation>
            <numerusform>each of %n court</numerusform>
            <numerusform>each of %n courts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>sum of %n court(s)</source>
        <translation>
            <numerusform>sum of %n court</numerusform>
            <numerusform>sum of %n courts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReachPart</name>
    <message numerus="yes">
        <source>after %n hour(s)</source>
        <translation>
            <numerusform>after %n hour</numerusform>
            <numerusform>after %n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n party(s) come meanwhile</source>
        <translation>
            <numerusform>%n party comes meanwhile</numerusform>
            <numerusform>%n parties come meanwhile</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RefundAct</name>
    <message numerus="yes">
        <source>%n paper ticket(s) taken back (Alt K)</source>
        <translation>
            <numerusform>%n paper ticket taken back (Alt K)</numerusform>
            <numerusform>%n paper tickets taken back (Alt K)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReleaseReservation</name>
    <message numerus="yes">
        <source>%n ticket(s) are on sale again</source>
        <translation>
            <numerusform>%n ticket is on sale again</numerusform>
            <numerusform>%n tickets are on sale again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Let %n ticket(s) go</source>
        <translation>
            <numerusform>Let %n ticket go</numerusform>
            <numerusform>Let %n tickets go</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReportWords</name>
    <message numerus="yes">
        <source>and %n more line(s)</source>
        <translation>
            <numerusform>and %n more line</numerusform>
            <numerusform>and %n more lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>refused: %n line(s) are wrong</source>
        <translation>
            <numerusform>refused: %n line is wrong</numerusform>
            <numerusform>refused: %n lines are wrong</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n changed</numerusform>
            <numerusform>%n changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unchanged</source>
        <translation>
            <numerusform>%n unchanged</numerusform>
            <numerusform>%n unchanged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) refused</source>
        <translation>
            <numerusform>%n line refused</numerusform>
            <numerusform>%n lines refused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n order(s) left out</source>
        <translation>
            <numerusform>%n order left out</numerusform>
            <numerusform>%n orders left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReprintAct</name>
    <message numerus="yes">
        <source>%n ticket(s) printed again</source>
        <translation>
            <numerusform>%n ticket printed again</numerusform>
            <numerusform>%n tickets printed again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Print %n again</source>
        <translation>
            <numerusform>Print %n again</numerusform>
            <numerusform>Print %n again</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReservePanel</name>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReservedPanel</name>
    <message numerus="yes">
        <source>%n ticket(s), to be paid before</source>
        <translation>
            <numerusform>%n ticket, to be paid before</numerusform>
            <numerusform>%n tickets, to be paid before</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReturnEnd</name>
    <message numerus="yes">
        <source>%n ticket(s) voided</source>
        <translation>
            <numerusform>%n ticket voided</numerusform>
            <numerusform>%n tickets voided</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) refunded</source>
        <translation>
            <numerusform>%n ticket refunded</numerusform>
            <numerusform>%n tickets refunded</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) voided, {amount} back</source>
        <translation>
            <numerusform>%n ticket voided, {amount} back</numerusform>
            <numerusform>%n tickets voided, {amount} back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) refunded, {amount} back</source>
        <translation>
            <numerusform>%n ticket refunded, {amount} back</numerusform>
            <numerusform>%n tickets refunded, {amount} back</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReturnWords</name>
    <message numerus="yes">
        <source>It was sold more than %n minute(s) ago.</source>
        <translation>
            <numerusform>It was sold more than %n minute ago.</numerusform>
            <numerusform>It was sold more than %n minutes ago.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewsPart</name>
    <message numerus="yes">
        <source>%n review(s)</source>
        <translation>
            <numerusform>%n review</numerusform>
            <numerusform>%n reviews</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n ticket</numerusform>
            <numerusform>%n tickets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunPart</name>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n ticket</numerusform>
            <numerusform>%n tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n order(s) must come in person</source>
        <translation>
            <numerusform>%n order must come in person</numerusform>
            <numerusform>%n orders must come in person</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n order(s)</source>
        <translation>
            <numerusform>%n order</numerusform>
            <numerusform>%n orders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) paid back</source>
        <translation>
            <numerusform>%n ticket paid back</numerusform>
            <numerusform>%n tickets paid back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n order(s) left</source>
        <translation>
            <numerusform>%n order left</numerusform>
            <numerusform>%n orders left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n order(s) with money under way: later</source>
        <translation>
            <numerusform>%n order with money under way: later</numerusform>
            <numerusform>%n orders with money under way: later</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n order(s) paid in part: settle them by hand</source>
        <translation>
            <numerusform>%n order paid in part: settle them by hand</numerusform>
            <numerusform>%n orders paid in part: settle them by hand</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SetupPage</name>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(s) wait to be sent</source>
        <translation>
            <numerusform>%n entry waits to be sent</numerusform>
            <numerusform>%n entries wait to be sent</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShiftSide</name>
    <message numerus="yes">
        <source>%n basket(s) left behind will be cleared.</source>
        <translation>
            <numerusform>%n basket left behind will be cleared.</numerusform>
            <numerusform>%n baskets left behind will be cleared.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open or parked basket(s): sell or clear (F3).</source>
        <translation>
            <numerusform>%n open or parked basket: sell or clear it (F3).</numerusform>
            <numerusform>%n open or parked baskets: sell or clear them (F3).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n payment(s) not finished.</source>
        <translation>
            <numerusform>%n payment not finished.</numerusform>
            <numerusform>%n payments not finished.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) not settled: look at the printer (F4).</source>
        <translation>
            <numerusform>%n page not settled: look at the printer (F4).</numerusform>
            <numerusform>%n pages not settled: look at the printer (F4).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n ticket</numerusform>
            <numerusform>%n tickets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SideWords</name>
    <message numerus="yes">
        <source>This basket: %n ticket(s)</source>
        <translation>
            <numerusform>This basket: %n ticket</numerusform>
            <numerusform>This basket: %n tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) still to scan</source>
        <translation>
            <numerusform>%n document still to scan</numerusform>
            <numerusform>%n documents still to scan</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n proof(s) still to see</source>
        <translation>
            <numerusform>%n proof still to see</numerusform>
            <numerusform>%n proofs still to see</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Name %n ticket(s)</source>
        <translation>
            <numerusform>Name %n ticket</numerusform>
            <numerusform>Name %n tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reserve %n ticket(s)</source>
        <translation>
            <numerusform>Reserve %n ticket</numerusform>
            <numerusform>Reserve %n tickets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SwapSeats</name>
    <message numerus="yes">
        <source>%n seat(s) were swapped</source>
        <translation>
            <numerusform>%n seat was swapped</numerusform>
            <numerusform>%n seats were swapped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Find %n other seat(s)</source>
        <translation>
            <numerusform>Find %n other seat</numerusform>
            <numerusform>Find %n other seats</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TenderPrimary</name>
    <message numerus="yes">
        <source>Take {given}, print %n ticket(s)</source>
        <translation>
            <numerusform>Take {given}, print %n ticket</numerusform>
            <numerusform>Take {given}, print %n tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take {given}, give {change}
and print %n ticket(s)</source>
        <translation>
            <numerusform>Take {given}, give {change}
and print %n ticket</numerusform>
            <numerusform>Take {given}, give {change}
and print %n tickets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{amount} is taken:
print %n ticket(s)</source>
        <translation>
            <numerusform>{amount} is taken:
print %n ticket</numerusform>
            <numerusform>{amount} is taken:
print %n tickets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TransfersPart</name>
    <message numerus="yes">
        <source>%n transfer(s)</source>
        <translation>
            <numerusform>%n transfer</numerusform>
            <numerusform>%n transfers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Write the bank's file: %n transfer(s)</source>
        <translation>
            <numerusform>Write the bank's file: %n transfer</numerusform>
            <numerusform>Write the bank's file: %n transfers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VoidAct</name>
    <message numerus="yes">
        <source>%n paper ticket(s) in hand (Alt K)</source>
        <translation>
            <numerusform>%n paper ticket in hand (Alt K)</numerusform>
            <numerusform>%n paper tickets in hand (Alt K)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Void %n · hand out {amount}</source>
        <translation>
            <numerusform>Void %n · hand out {amount}</numerusform>
            <numerusform>Void %n · hand out {amount}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message numerus="yes">
        <source>%n basket(s) were being paid when the window closed; nothing was taken.</source>
        <translation>
            <numerusform>%n basket was being paid when the window closed; nothing was taken.</numerusform>
            <numerusform>%n baskets were being paid when the window closed; nothing was taken.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n order(s) wait for review</source>
        <translation>
            <numerusform>%n order waits for review</numerusform>
            <numerusform>%n orders wait for review</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WindowsPart</name>
    <message numerus="yes">
        <source>%n window(s)</source>
        <translation>
            <numerusform>%n window</numerusform>
            <numerusform>%n windows</numerusform>
        </translation>
    </message>
</context>
</TS>
