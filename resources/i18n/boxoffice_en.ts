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
    <name>PickupGuide</name>
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
    <name>SellSide</name>
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
    <name>ShiftPage</name>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n ticket</numerusform>
            <numerusform>%n tickets</numerusform>
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
        <source>%n change(s) not at central yet</source>
        <translation>
            <numerusform>%n change not at central yet</numerusform>
            <numerusform>%n changes not at central yet</numerusform>
        </translation>
    </message>
</context>
</TS>
