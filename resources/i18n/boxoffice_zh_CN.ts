<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Band</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BasketLine</name>
    <message>
        <source>Scan the document of visitor {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no document needed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BasketPanel</name>
    <message>
        <source>Nothing chosen yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click a free seat, or take the best ones together. A pass is taken by count.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CalmCard</name>
    <message>
        <source>Nothing found for {text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check it with the visitor, then try something else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who is picking up?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan, or type any of these and press Enter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pickup code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>8 characters, or the order number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any one on the order, read or typed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number given when ordering</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full name of the buyer or of an attendee</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CaseWords</name>
    <message>
        <source>One document, two tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The seat is sold already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such seat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That price is not on the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The document has a ticket already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Differs from the order taken in before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The session is full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The order is not paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{column} cannot be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pickup code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time of payment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Buyer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ticket type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Price</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attendee</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Document type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Document number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a seat of the plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no seat: this session is unnumbered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a session of the catalogue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a price of the catalogue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one document, one ticket per session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>places left in the session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as imported before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a correct check digit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a possible date of birth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>18 digits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the new form with 18 digits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an amount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a free seat; it is sold in order {rest}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the same as in line {rest}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one of: {rest}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value}; expected: {expected}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two windows sold a ticket of the same session for one document while one of them was off line. Both sales stand until a supervisor decides.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole order was left out; nothing of it is on record here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found when the windows reported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file}, line {line}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask both buyers which ticket is theirs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tell the supervisor both order numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offer the visitor other seats; the channel has to pay back or rebook.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the sales channel to correct the order and send the file again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import the corrected file: what is known stays as it is.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CasesPage</name>
    <message>
        <source>This case</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where it comes from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No open cases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All orders were taken in. What needs a person will be listed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n open case(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Order {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing: go on serving.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CashPanel</name>
    <message>
        <source>Exact {amount}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change to give</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Still missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type what was given, or press a quick amount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cash given</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CourtView</name>
    <message>
        <source>free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>free, view obstructed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in this basket: click to give it back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>held by another basket or window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not on sale</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DeskActs</name>
    <message>
        <source>The basket is parked. Alt O brings it back.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DocumentEntry</name>
    <message>
        <source>The check digit does not fit. Look again and type it anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The old form with 15 digits is not valid. Ask for the new card.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This needs 18 characters: 17 digits and a digit or X.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The birth date in the number does not exist. Type it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is no resident ID. Choose another kind of document.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A residence permit begins with 81, 82 or 83.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A home-return permit is H or M with 8 or 10 digits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A Taiwan permit has 8 digits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A permanent resident card has 15 characters, or 18 from 9.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A passport number has 5 to 15 letters and digits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The passport lines are incomplete. Scan both lines again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This number is not right. Check it and type it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind of document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Document number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name (may stay empty)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OK Enter</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DonePanel</name>
    <message>
        <source>Change to give</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Due {due}, given {given}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They came out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sale stands. Look at the printer, then say what you found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Printing %n ticket(s)…</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) may not have been printed</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) printed, and the receipt</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DoubtfulPages</name>
    <message>
        <source>Look at the printer: did these pages come out?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All came out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print all again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not printed yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In doubt: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It came out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ErrorPresenter</name>
    <message>
        <source>That did not work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong inside the program. Nothing that was finished is lost; you can go on. Please tell your supervisor this reference: {reference}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unexpected error</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FloatForm</name>
    <message>
        <source>Count the float first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open shift · float {amount}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Good day, {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Count the float in the drawer to open your shift. Enter goes on to the next.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Or type the total</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Float</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody else signs on</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HitList</name>
    <message>
        <source>{count} orders fit {shown}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} orders or more fit {shown}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There may be more: ask for the phone or the document as well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose with the arrow keys and Enter, or click.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all handed over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not picked up yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LineActions</name>
    <message>
        <source>Type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Box office</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OrderCard</name>
    <message>
        <source>Order of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sold by {channel}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{amount} paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} left of {all}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not picked up yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time}, window {window}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Void</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{day} is over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Document checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the proof of concession</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asked for at the gate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Document not shown yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ParkedPanel</name>
    <message>
        <source>Basket {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>begun at {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>No basket is parked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Park a basket to serve somebody else; its seats stay with it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PickupGuide</name>
    <message>
        <source>Tick the tickets to hand over (Alt A ticks all)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan the document of the person picking up: any one of this order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This order has no valid ticket. Call a supervisor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Already handed over at {time} at window {window}. Do not hand over again; call a supervisor if the visitor has no tickets.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan the pickup code or a document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Or type order number, phone or name, then Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print, and count the tickets with the visitor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the right order from the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not sure? Scan a document: F2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the visitor when and where it was handed over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call a supervisor if they do not agree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan one document of this order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Document of {name} checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No document is needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) chosen</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Tick the tickets to hand over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the printer and answer above</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Count the tickets with the visitor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next visitor: scan straight away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time} ordered and paid, {channel}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time} window {window} handed over {count}, {checked}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>document checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no document seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time} window {window} handed over {count}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PickupPage</name>
    <message>
        <source>Document {document} belongs to no order. Check the document.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Document {document} is not of this order but of order {number}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open that order</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PickupView</name>
    <message>
        <source>Scan · pickup code · document · phone · name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What comes next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This order so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picked up last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Handed over before</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Print %n and hand over</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Tick tickets first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) handed over</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Look at the printer: pages are in doubt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Count them with the visitor. The next one may scan straight away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next visitor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print and hand over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hand-over</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PickupWords</name>
    <message>
        <source>App</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Web</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Agency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adult</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Concession</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Child</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Companion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wheelchair</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unnumbered</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the printer did not take it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no such printer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the disk did not take it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PlacesView</name>
    <message>
        <source>Opens: {courts}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which ticket?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many? One press puts them into the basket.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take that many</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SeatMap</name>
    <message>
        <source>Choose a session: its seats appear here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrow keys choose a seat, Enter takes it, + and - zoom, 0 shows the whole court.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seat map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <comment>the whole court, on a small button</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nearer (+)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Farther (-)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole court (0)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SellPage</name>
    <message>
        <source>Choose a price level first: press one below the map, or Alt V.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The time for these seats is over. Take the money now, or clear them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is on sale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import a catalogue with main.py import, or choose another day.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SellSide</name>
    <message>
        <source>Sold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parked baskets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This basket</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>This basket: %n ticket(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) still to scan</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Recall</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring this basket back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take cash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter what was given</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Take {given}, print %n ticket(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take {given}, give {change}
and print %n ticket(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Buyer {who}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Due</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Park</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Buyer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Buyer, if they want to be known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the buyer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Park this basket: Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A word to know it by (may stay empty)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionsBar</name>
    <message>
        <source>{count} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time} start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Day</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SetupPage</name>
    <message>
        <source>This window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes are made in settings.toml of the home; they hold from the next start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Real: money and tickets count</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training: nothing here is real</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Demo: nothing here is real</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Venue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language at start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ticket printer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Receipt printer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seats kept for a basket</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>none: PDF files in the folder prints of the home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the file beside the window&apos;s own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>everything, up to entry {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n entry(s) wait to be sent</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Home folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Central records</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reported to central</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version of the records</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Public keys for gates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prove the records</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter an operator</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShiftPage</name>
    <message>
        <source>Open shift</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cash that should be in the drawer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Float and what was taken in cash, less the change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Float</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken in cash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sales</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pickups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Latest at this window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody served yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sales and pickups of this window appear here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No shift is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your role works without a cash drawer. Clerks open a shift as they sign on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} since {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SignInForm</name>
    <message>
        <source>Checking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Operator number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PIN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Practice only. Who may sign on here:</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SignInGate</name>
    <message>
        <source>Window {number}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Till</name>
    <message>
        <source>Order {number}: pages may not have been printed.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TogetherBar</name>
    <message>
        <source>Best together × {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seats by keyboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next price level</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One fewer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt with a digit sets how many</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Lock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan, or type pickup code / order no. / phone / document / name</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Visitors</name>
    <message>
        <source>No ticket here waits for a document. Choose seats or passes first.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Window {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training: nothing here is charged or admitted, and the clock is set.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Demo tournament: try everything, nothing here is charged or admitted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F2 scan or type, F3 sell, F4 pickup, F8 the green button, F12 lock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pickup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Setup</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n basket(s) were being paid when the window closed; nothing was taken.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) not at central yet</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>selling goes on; they are sent as soon as central answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Central records in step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ticket printer {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tickets go to PDF files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This shift: {sales} sold, {pickups} picked up</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Wheelchair</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Companion</source>
        <comment>price level</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Level {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adult</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Concession</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Companion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Complimentary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the proof of concession</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resident ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passport</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HK/Macao/Taiwan residence permit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Home-return permit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taiwan permit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Foreign permanent resident card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Household register (child)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>That is not allowed here. Nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something outside the box office failed. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number or PIN is wrong. Type both again, or ask your supervisor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your role ({role}) may not do this ({act}). Ask a supervisor to sign in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No shift is open. Count the float and open a shift.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The shift of {operator} is still open at this window. It has to be closed first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody can sign in yet. Enter an operator with: main.py add-operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The operator cannot be entered ({why}) {value}. The number is digits nobody else has, the PIN 4 to 12 digits, the name not empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Block {zone} row {row} seat {number} is taken {window}. Choose another seat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no {count} seats together in {category}; the longest run is {longest}. Choose fewer, or another level.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only {left} places are left, {count} were asked for. Choose fewer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Session {session} has reached its capacity of {capacity}. Offer another session.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This document already has a ticket for {session_zh} {session_en} {order}. One document, one ticket per session: use another document.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The document number is not right ({expected}). Check it and type it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no price for {category} {ticket_type}. Choose another ticket type.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{session_zh} {session_en} is over. Choose a session that is still to come.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This {record} is {status} and cannot become {wanted}. Look at it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The basket is empty. Choose seats first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} tickets still need a document. Scan or type them first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{tendered} fen were given, {due} fen are due. Ask for the rest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing found for {text}. Check it, or try phone, document or name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Already handed over at {at} at window {window}. Do not hand over again; call a supervisor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order {order} is being worked on at window {window}. Send the visitor there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This ticket code is damaged or not ours. Look the order up by phone or document.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These public keys are incomplete or not certified by central ({why}). Export them again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} cannot be read: {why}. Nothing of it was kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{home} is a real home: --at works in demo and training homes only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{home} is no demo home and is left alone. Choose another folder for --demo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text} is no time. Write it like 2025-09-27T09:40+08:00.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tour waited in vain for: {step}. Look at the last picture it saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is on sale in {home}. Import a catalogue with: main.py import FILE….</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no records in {home}. Check the folder, or import a catalogue into it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} holds something unusable at {key}: {why}. Correct that line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window {window} was retired at central. Stop selling and call a supervisor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Central has another journal entry {number} of window {window}. Stop selling and call a supervisor: these records were copied or restored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program has {home} open. Close it first, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} was written by a newer version (records {version}, this program knows {known}). Update this program; nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} is damaged or does not fit its key. Nothing was changed: keep the folder as it is and restore a backup.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key of {home} is missing or unusable. Put keys.json back, or sign in to the computer as the user whose keyring holds it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} cannot be written or read: {why}. Make room or check the disk, then retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The central records do not answer ({why}). Nothing was lost; try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Printer {printer} did not take the page: {why}. Look at the printer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no printer {printer}. Check its name in settings.toml and the cable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} ends at entry {known}, but entry {number} was written before: it is an old copy. Stop selling and call a supervisor.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
