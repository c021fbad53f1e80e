<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ApprovalForm</name>
    <message>
        <source>Checking…</source>
        <translation>正在核对…</translation>
    </message>
    <message>
        <source>A second person approves here</source>
        <translation>请授权人在此签名</translation>
    </message>
    <message>
        <source>Approved by {number} {name}</source>
        <translation>已由 {number} {name} 授权</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>工号</translation>
    </message>
    <message>
        <source>Operator number of the second person</source>
        <translation>授权人工号</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>PIN of the second person</source>
        <translation>授权人密码</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>授权</translation>
    </message>
</context>
<context>
    <name>Band</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>BasketLine</name>
    <message>
        <source>Scan the document of visitor {number}</source>
        <translation>请刷第 {number} 位观众的证件</translation>
    </message>
    <message>
        <source>no document needed</source>
        <translation>无需证件</translation>
    </message>
</context>
<context>
    <name>BasketPanel</name>
    <message>
        <source>Nothing chosen yet</source>
        <translation>还没有选票</translation>
    </message>
    <message>
        <source>Click a free seat, or take the best ones together. A pass is taken by count.</source>
        <translation>点空座位，或取最佳连座；欢享票按张数取。</translation>
    </message>
</context>
<context>
    <name>BillCaseWords</name>
    <message>
        <source>Once it is explained, a supervisor settles it here with the reason.</source>
        <translation>查明后，由主管在此填写原因并结案。</translation>
    </message>
    <message>
        <source>Number {number}</source>
        <translation>编号 {number}</translation>
    </message>
    <message>
        <source>In the ledger: {amount}</source>
        <translation>账上：{amount}</translation>
    </message>
    <message>
        <source>With the other side: {amount}</source>
        <translation>对方：{amount}</translation>
    </message>
    <message>
        <source>Amount: {amount}</source>
        <translation>金额：{amount}</translation>
    </message>
    <message>
        <source>The bill has another amount</source>
        <translation>账单金额不同</translation>
    </message>
    <message>
        <source>The bill has it, the ledger does not</source>
        <translation>账单有，账上无</translation>
    </message>
    <message>
        <source>The ledger has it, the bill does not</source>
        <translation>账上有，账单无</translation>
    </message>
    <message>
        <source>It stands in the ledger twice</source>
        <translation>账上出现两次</translation>
    </message>
    <message>
        <source>It stands in the bill twice</source>
        <translation>账单中出现两次</translation>
    </message>
    <message>
        <source>The bill is not whole</source>
        <translation>账单不完整</translation>
    </message>
    <message>
        <source>Close to midnight: read the bill of the day beside it.</source>
        <translation>临近午夜：请读入相邻一日的账单。</translation>
    </message>
    <message>
        <source>On its way: the bill of the day it arrives will have it.</source>
        <translation>退款在途：到账当日的账单会列出。</translation>
    </message>
    <message>
        <source>Another row of this amount lacks its half: compare the numbers on the slips.</source>
        <translation>另有一笔同额的记录也未对上：请核对小票上的编号。</translation>
    </message>
    <message>
        <source>Ask the payment company what became of it, by this number.</source>
        <translation>请凭此编号向支付公司查询结果。</translation>
    </message>
    <message>
        <source>Look whether the refund was sent; the customer has not got it.</source>
        <translation>请查看退款是否已发出；顾客尚未收到。</translation>
    </message>
    <message>
        <source>The refund was given up there: pay it back another way.</source>
        <translation>对方已关闭该退款：请用其他方式退款。</translation>
    </message>
    <message>
        <source>Charged without a sale: find the customer, give the money back.</source>
        <translation>已收款但没有售票：请找到顾客并退款。</translation>
    </message>
    <message>
        <source>Paid back without this program: find who did it.</source>
        <translation>不是经本系统退款：请查明是谁操作的。</translation>
    </message>
    <message>
        <source>Ask the payment company for the amount.</source>
        <translation>请向支付公司核实金额。</translation>
    </message>
    <message>
        <source>The very same line stands twice: ask for the bill again.</source>
        <translation>同一行出现两次：请重新下载账单。</translation>
    </message>
    <message>
        <source>Look at both payments: one number stands twice.</source>
        <translation>请核对两笔收款：同一编号出现两次。</translation>
    </message>
    <message>
        <source>Download the bill again and read it once more.</source>
        <translation>请重新下载账单并再次读入。</translation>
    </message>
    <message>
        <source>Ask the bank, by this number.</source>
        <translation>请凭此编号向银行查询。</translation>
    </message>
    <message>
        <source>The bank refused a transfer</source>
        <translation>银行拒绝了一笔转账</translation>
    </message>
    <message>
        <source>Ask the customer for another account, and order the transfer anew.</source>
        <translation>请顾客提供另一个账户，重新办理转账。</translation>
    </message>
    <message>
        <source>A transfer came back</source>
        <translation>一笔转账被退回</translation>
    </message>
    <message>
        <source>The bank refused a transfer and booked it all the same</source>
        <translation>银行拒绝了一笔转账，却仍然入账</translation>
    </message>
    <message>
        <source>Do not pay it another way; if that was done, ask for one of them back.</source>
        <translation>请勿再用其他方式退款；如已退，请追回其中一笔。</translation>
    </message>
    <message>
        <source>The bank refused a transfer, then took it on</source>
        <translation>银行先拒绝、后又受理了一笔转账</translation>
    </message>
    <message>
        <source>The bank refuses a transfer it has booked</source>
        <translation>银行拒绝了一笔已入账的转账</translation>
    </message>
    <message>
        <source>The bank booked a transfer twice</source>
        <translation>银行将一笔转账记了两次账</translation>
    </message>
    <message>
        <source>A transfer came back twice</source>
        <translation>一笔转账被退回两次</translation>
    </message>
    <message>
        <source>The bank says it has this transfer already</source>
        <translation>银行称已有这笔转账</translation>
    </message>
    <message>
        <source>A transfer was never booked</source>
        <translation>一笔转账一直没有入账</translation>
    </message>
    <message>
        <source>The bank read another amount</source>
        <translation>银行读取的金额不同</translation>
    </message>
    <message>
        <source>The bank answers a transfer nobody ordered here</source>
        <translation>银行答复了一笔不是在此办理的转账</translation>
    </message>
    <message>
        <source>The balances of a statement do not add up</source>
        <translation>对账单的余额对不上</translation>
    </message>
    <message>
        <source>Ask the bank for the statement again.</source>
        <translation>请向银行重新索取对账单。</translation>
    </message>
    <message>
        <source>A booking may be one of a transfer</source>
        <translation>一笔入账可能属于某笔转账</translation>
    </message>
    <message>
        <source>Compare it by hand.</source>
        <translation>请人工核对。</translation>
    </message>
</context>
<context>
    <name>CalmCard</name>
    <message>
        <source>Nothing found for {text}</source>
        <translation>没有找到 {text}</translation>
    </message>
    <message>
        <source>Check it with the visitor, then try something else.</source>
        <translation>请和观众核对，或换一种方式再找。</translation>
    </message>
    <message>
        <source>Who is picking up?</source>
        <translation>谁来取票？</translation>
    </message>
    <message>
        <source>Scan, or type any of these and press Enter.</source>
        <translation>扫码，或输入下面任意一种，按 Enter。</translation>
    </message>
    <message>
        <source>Pickup code</source>
        <translation>取票码</translation>
    </message>
    <message>
        <source>8 characters, or the order number</source>
        <translation>8 位，或输入订单号</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>证件</translation>
    </message>
    <message>
        <source>Any one on the order, read or typed</source>
        <translation>本单任意一张，刷或输入号码</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>The number given when ordering</source>
        <translation>下单时留的手机号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Full name of the buyer or of an attendee</source>
        <translation>购票人或观赛人的全名</translation>
    </message>
</context>
<context>
    <name>CaseWords</name>
    <message>
        <source>One document, two tickets</source>
        <translation>一证两票</translation>
    </message>
    <message>
        <source>Sold at a price of before</source>
        <translation>按旧价售出</translation>
    </message>
    <message>
        <source>Held twice after central was restored</source>
        <translation>中央恢复后被重复持有</translation>
    </message>
    <message>
        <source>A copy of window {window} sold on its own</source>
        <translation>{window} 号窗口的一份副本曾自行售票</translation>
    </message>
    <message>
        <source>The seat is sold already</source>
        <translation>座位已售</translation>
    </message>
    <message>
        <source>There is no such seat</source>
        <translation>没有这个座位</translation>
    </message>
    <message>
        <source>There is no such session</source>
        <translation>没有这个场次</translation>
    </message>
    <message>
        <source>That price is not on the list</source>
        <translation>票价不在价目表上</translation>
    </message>
    <message>
        <source>The document has a ticket already</source>
        <translation>同一证件本场已有票</translation>
    </message>
    <message>
        <source>Differs from the order taken in before</source>
        <translation>与先前导入的订单不一致</translation>
    </message>
    <message>
        <source>The session is full</source>
        <translation>本场已满</translation>
    </message>
    <message>
        <source>The zone is full</source>
        <translation>该分区已满</translation>
    </message>
    <message>
        <source>The order is not paid</source>
        <translation>订单未支付</translation>
    </message>
    <message>
        <source>{column} cannot be used</source>
        <translation>{column}无法使用</translation>
    </message>
    <message>
        <source>Order number</source>
        <translation>订单号</translation>
    </message>
    <message>
        <source>Pickup code</source>
        <translation>取票码</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>Time of payment</source>
        <translation>支付时间</translation>
    </message>
    <message>
        <source>Buyer</source>
        <translation>购票人</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>手机号</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>场次</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>区</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>排</translation>
    </message>
    <message>
        <source>Seat</source>
        <translation>座</translation>
    </message>
    <message>
        <source>Ticket type</source>
        <translation>票种</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>票价</translation>
    </message>
    <message>
        <source>Attendee</source>
        <translation>观赛人</translation>
    </message>
    <message>
        <source>Document type</source>
        <translation>证件类型</translation>
    </message>
    <message>
        <source>Document number</source>
        <translation>证件号</translation>
    </message>
    <message>
        <source>a seat of the plan</source>
        <translation>座位图上有的座位</translation>
    </message>
    <message>
        <source>no seat: this session is unnumbered</source>
        <translation>不写座位：本场不对号</translation>
    </message>
    <message>
        <source>a session of the catalogue</source>
        <translation>场次表上有的场次</translation>
    </message>
    <message>
        <source>a price of the catalogue</source>
        <translation>价目表上有的票价</translation>
    </message>
    <message>
        <source>one document, one ticket per session</source>
        <translation>一证一票</translation>
    </message>
    <message>
        <source>places left in the session</source>
        <translation>本场还有余票</translation>
    </message>
    <message>
        <source>as imported before</source>
        <translation>与先前导入的一致</translation>
    </message>
    <message>
        <source>paid</source>
        <translation>已支付</translation>
    </message>
    <message>
        <source>a correct check digit</source>
        <translation>正确的校验位</translation>
    </message>
    <message>
        <source>a possible date of birth</source>
        <translation>真实可能的出生日期</translation>
    </message>
    <message>
        <source>18 digits</source>
        <translation>18 位号码</translation>
    </message>
    <message>
        <source>the new form with 18 digits</source>
        <translation>18 位新号</translation>
    </message>
    <message>
        <source>an amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>a time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>a free seat; it is sold in order {rest}</source>
        <translation>空座；该座已在订单 {rest} 售出</translation>
    </message>
    <message>
        <source>the same as in line {rest}</source>
        <translation>与第 {rest} 行相同</translation>
    </message>
    <message>
        <source>one of: {rest}</source>
        <translation>以下之一：{rest}</translation>
    </message>
    <message>
        <source>{value}; expected: {expected}</source>
        <translation>{value}；应为：{expected}</translation>
    </message>
    <message>
        <source>Two windows sold a ticket of the same session for one document while one of them was off line. Both sales stand until a supervisor decides.</source>
        <translation>有窗口断网期间，两个窗口用同一证件各售出一张同场次的票。主管处理之前两张票都有效。</translation>
    </message>
    <message>
        <source>A window that was off line sold this order at a price that had changed meanwhile. The sale stands.</source>
        <translation>一个离线的窗口按已变更前的价格售出了此订单，销售有效。</translation>
    </message>
    <message>
        <source>Central was restored, and window {window} holds what another order or window has by now. What it sells of it goes to the review list.</source>
        <translation>中央已恢复，{window} 号窗所持已属其他订单或窗口；它售出的部分进入复核清单。</translation>
    </message>
    <message>
        <source>The whole order was left out; nothing of it is on record here.</source>
        <translation>整单没有导入，这里没有这张订单的任何记录。</translation>
    </message>
    <message>
        <source>Found when the windows reported</source>
        <translation>窗口上报时发现</translation>
    </message>
    <message>
        <source>{file}, line {line}</source>
        <translation>{file} 第 {line} 行</translation>
    </message>
    <message>
        <source>Ask both buyers which ticket is theirs.</source>
        <translation>请两位购票人确认哪张票是自己的。</translation>
    </message>
    <message>
        <source>Tell the supervisor both order numbers.</source>
        <translation>把两个订单号告诉主管。</translation>
    </message>
    <message>
        <source>Nothing has to be done at the window; the day's report differs by it.</source>
        <translation>窗口无需处理；当日报表会有相应差异。</translation>
    </message>
    <message>
        <source>Ask that window to clear the basket, or to exchange the ticket.</source>
        <translation>请该窗清空购票单或为客人换票。</translation>
    </message>
    <message>
        <source>Offer the visitor other seats; the channel has to pay back or rebook.</source>
        <translation>请观众另选座位；由销售渠道退款或改签。</translation>
    </message>
    <message>
        <source>Ask the sales channel to correct the order and send the file again.</source>
        <translation>请销售渠道更正订单并重新发送文件。</translation>
    </message>
    <message>
        <source>Import the corrected file: what is known stays as it is.</source>
        <translation>导入更正后的文件：已有的订单不受影响。</translation>
    </message>
</context>
<context>
    <name>CasesPage</name>
    <message>
        <source>This case</source>
        <translation>本工单</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>出了什么问题</translation>
    </message>
    <message>
        <source>Where it comes from</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>怎么办</translation>
    </message>
    <message>
        <source>No open cases</source>
        <translation>没有未处理的工单</translation>
    </message>
    <message>
        <source>All orders were taken in. What needs a person will be listed here.</source>
        <translation>订单已全部导入。需要人工处理的会列在这里。</translation>
    </message>
    <message numerus="yes">
        <source>%n open case(s)</source>
        <translation>
            <numerusform>%n 个未处理工单</numerusform>
        </translation>
    </message>
    <message>
        <source>Order {number}</source>
        <translation>订单 {number}</translation>
    </message>
    <message>
        <source>Nothing: go on serving.</source>
        <translation>无需处理，请继续服务。</translation>
    </message>
</context>
<context>
    <name>CashPanel</name>
    <message>
        <source>Exact {amount}</source>
        <translation>正好 {amount}</translation>
    </message>
    <message>
        <source>Change to give</source>
        <translation>找零</translation>
    </message>
    <message>
        <source>Still missing</source>
        <translation>还差</translation>
    </message>
    <message>
        <source>Type what was given, or press a quick amount</source>
        <translation>输入实收金额，或按快捷金额</translation>
    </message>
    <message>
        <source>Cash given</source>
        <translation>实收现金</translation>
    </message>
</context>
<context>
    <name>CentralWords</name>
    <message>
        <source>Window {number}</source>
        <translation>{number}号窗</translation>
    </message>
    <message>
        <source>this window, off line</source>
        <translation>本窗，离线</translation>
    </message>
    <message>
        <source>was on line</source>
        <translation>当时在线</translation>
    </message>
    <message>
        <source>silent since {time}</source>
        <translation>自 {time} 起无音讯</translation>
    </message>
    <message>
        <source>this window, on line</source>
        <translation>本窗，在线</translation>
    </message>
    <message>
        <source>on line</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>无音讯</translation>
    </message>
    <message>
        <source>has not come yet</source>
        <translation>尚未接入</translation>
    </message>
    <message>
        <source>waited for after the restore</source>
        <translation>中央恢复后等待其上报</translation>
    </message>
    <message>
        <source>fenced</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>never seen</source>
        <translation>从未联系</translation>
    </message>
    <message>
        <source>seen {time}</source>
        <translation>{time} 联系过</translation>
    </message>
    <message numerus="yes">
        <source>%n unsent</source>
        <translation>
            <numerusform>%n 条未上报</numerusform>
        </translation>
    </message>
    <message>
        <source>all reported</source>
        <translation>已全部上报</translation>
    </message>
    <message>
        <source>all reported then</source>
        <translation>当时已全部上报</translation>
    </message>
    <message numerus="yes">
        <source>%n seat(s)</source>
        <translation>
            <numerusform>%n 个座位</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n 个不对号名额</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n order(s)</source>
        <translation>
            <numerusform>%n 个订单</numerusform>
        </translation>
    </message>
    <message>
        <source>holds nothing</source>
        <translation>未持有</translation>
    </message>
    <message>
        <source>no entries yet</source>
        <translation>尚无流水</translation>
    </message>
    <message>
        <source>entry {number}</source>
        <translation>第 {number} 条</translation>
    </message>
    <message>
        <source>not seen before</source>
        <translation>此前未见过</translation>
    </message>
    <message>
        <source>agrees</source>
        <translation>一致</translation>
    </message>
    <message>
        <source>differs from what was seen here</source>
        <translation>与本窗所见不符</translation>
    </message>
    <message>
        <source>Orders at the pickup desk</source>
        <translation>取票台订单</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>名额</translation>
    </message>
    <message>
        <source>Its money went back: the payment was settled</source>
        <translation>其款项已退回：该支付已由主管处理</translation>
    </message>
    <message>
        <source>Its money may have gone back: look at its case</source>
        <translation>款项可能已退回：请看对应工单</translation>
    </message>
    <message>
        <source>The window does not hold it any more</source>
        <translation>该窗口已不再保管它</translation>
    </message>
    <message>
        <source>It was changed elsewhere in the meantime</source>
        <translation>期间已在别处改动</translation>
    </message>
    <message>
        <source>It sold places the window does not have</source>
        <translation>售出了该窗口没有的名额</translation>
    </message>
    <message>
        <source>Its rows do not fit the journal</source>
        <translation>订单内容与流水不符</translation>
    </message>
    <message>
        <source>The seat belongs to another order</source>
        <translation>座位已属于另一订单</translation>
    </message>
</context>
<context>
    <name>ChargeWait</name>
    <message>
        <source>{tender}: it was given up, nothing stays charged.</source>
        <translation>{tender}：已放弃，没有扣款。</translation>
    </message>
    <message>
        <source>{tender}: nothing was taken.</source>
        <translation>{tender}：未收款。</translation>
    </message>
</context>
<context>
    <name>ClosedGate</name>
    <message>
        <source>The Z report was printed. Both sign it.</source>
        <translation>Z 报表已打印，请双方签字。</translation>
    </message>
    <message>
        <source>Z report no. {number}: the shift is closed</source>
        <translation>第 {number} 号 Z 报表：本班已结</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>实点</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>应有</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>长款</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>短款</translation>
    </message>
    <message>
        <source>Float returned</source>
        <translation>退备用金</translation>
    </message>
    <message>
        <source>Takings to the safe</source>
        <translation>票款上缴</translation>
    </message>
    <message>
        <source>Hand over the drawer</source>
        <translation>交接钱箱</translation>
    </message>
    <message>
        <source>Who comes counts the {amount} too and signs: it becomes their float.</source>
        <translation>接班人当面点清 {amount} 并签收，作为自己的备用金。</translation>
    </message>
    <message>
        <source>Operator number</source>
        <translation>工号</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Take over {amount}</source>
        <translation>接班，签收 {amount}</translation>
    </message>
    <message>
        <source>Money to the safe · sign off</source>
        <translation>现金入保险柜 · 下班</translation>
    </message>
    <message>
        <source>Print the Z report again</source>
        <translation>再打一张 Z 报表</translation>
    </message>
</context>
<context>
    <name>CollectAct</name>
    <message>
        <source>Pay out what is owed</source>
        <translation>付清应付款</translation>
    </message>
    <message>
        <source>Say what they show: press one, or type it.</source>
        <translation>请说明出示了什么：按一项，或自己输入。</translation>
    </message>
    <message>
        <source>{amount} paid out</source>
        <translation>已付出 {amount}</translation>
    </message>
    <message>
        <source>Give the rest back on the other terminal, with their card.</source>
        <translation>其余用单机 POS 退回原卡。</translation>
    </message>
    <message>
        <source>Hand out in cash</source>
        <translation>付给现金</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Pay out {amount}</source>
        <translation>付款 {amount}</translation>
    </message>
    <message>
        <source>in cash</source>
        <translation>现金</translation>
    </message>
    <message>
        <source>on the other terminal: with the card</source>
        <translation>单机 POS：须带卡</translation>
    </message>
    <message>
        <source>What do they show?</source>
        <translation>出示了什么？</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>The ticket</source>
        <translation>票</translation>
    </message>
    <message>
        <source>The document</source>
        <translation>证件</translation>
    </message>
    <message>
        <source>The slip to ask by</source>
        <translation>查询小票</translation>
    </message>
</context>
<context>
    <name>ComePart</name>
    <message>
        <source>In person</source>
        <translation>到场领款</translation>
    </message>
    <message>
        <source>Must come in person</source>
        <translation>须到场领款</translation>
    </message>
    <message>
        <source>paid in cash</source>
        <translation>现金支付</translation>
    </message>
    <message>
        <source>by the other terminal: with the card</source>
        <translation>单机 POS 支付：须带卡</translation>
    </message>
    <message>
        <source>the way back is dead: {way}</source>
        <translation>原路不通：{way}</translation>
    </message>
    <message>
        <source>has a phone</source>
        <translation>有电话</translation>
    </message>
    <message>
        <source>no phone</source>
        <translation>无电话</translation>
    </message>
    <message>
        <source>Order {number}</source>
        <translation>订单 {number}</translation>
    </message>
    <message>
        <source>To hand out</source>
        <translation>待付</translation>
    </message>
    <message numerus="yes">
        <source>%n order(s)</source>
        <translation>
            <numerusform>%n 个订单</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them with a phone</source>
        <translation>
            <numerusform>其中 %n 个有电话</numerusform>
        </translation>
    </message>
    <message>
        <source>Any window pays it once: open the order, see the ticket or document.</source>
        <translation>任一窗口只付一次：打开订单，核对票或证件。</translation>
    </message>
    <message>
        <source>As the dry run has it; nothing is owed before the run.</source>
        <translation>按试算所列；正式退款前尚无应付。</translation>
    </message>
    <message>
        <source>Save the list</source>
        <translation>保存名单</translation>
    </message>
    <message>
        <source>Workbook (*.xlsx)</source>
        <translation>工作簿 (*.xlsx)</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Saved: {file}</source>
        <translation>已保存：{file}</translation>
    </message>
    <message>
        <source>This session</source>
        <translation>本场次</translation>
    </message>
    <message>
        <source>How they get it</source>
        <translation>如何领取</translation>
    </message>
    <message>
        <source>Nobody has to come in person</source>
        <translation>无人须到场</translation>
    </message>
    <message>
        <source>Who paid in cash or at the other terminal stands here after the dry run.</source>
        <translation>试算之后，这里列出用现金或单机 POS 付款的观众。</translation>
    </message>
</context>
<context>
    <name>ContactAct</name>
    <message>
        <source>Contact</source>
        <translation>联系方式</translation>
    </message>
    <message>
        <source>✓ The code fits: the history of the order may be told.</source>
        <translation>✓ 查询码正确：可以告知订单记录。</translation>
    </message>
    <message>
        <source>This is not the code of this order.</source>
        <translation>不是此订单的查询码。</translation>
    </message>
    <message>
        <source>Notices go to {addresses}</source>
        <translation>通知将发送至 {addresses}</translation>
    </message>
    <message>
        <source>The addresses are forgotten</source>
        <translation>已删除联系方式</translation>
    </message>
    <message>
        <source>Look at the printer: the slip is in doubt</source>
        <translation>请查看打印机：退票单可能未打出</translation>
    </message>
    <message>
        <source>Slip with the code to ask by printed</source>
        <translation>查询凭条已打印</translation>
    </message>
    <message>
        <source>No address is noted: nothing is sent.</source>
        <translation>未登记联系方式：不发送通知。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Note it</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>This window is not set up to send notices (notices.toml).</source>
        <translation>本窗口未设置通知发送（notices.toml）。</translation>
    </message>
    <message>
        <source>Ask for an e-mail address or a phone, or print the slip.</source>
        <translation>请询问邮箱或手机号，或打印查询凭条。</translation>
    </message>
    <message>
        <source>Notices go to</source>
        <translation>通知发送至</translation>
    </message>
    <message>
        <source>Code on the slip to ask by</source>
        <translation>凭条上的查询码</translation>
    </message>
    <message>
        <source>Somebody asks without an address</source>
        <translation>未留联系方式的顾客查询</translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation>电子邮箱</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>Slip to ask by</source>
        <translation>查询凭条</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>CountCard</name>
    <message>
        <source>Count the drawer first</source>
        <translation>请先清点钱箱</translation>
    </message>
    <message>
        <source>Say why they cannot close it</source>
        <translation>请写明本人不能交班的原因</translation>
    </message>
    <message>
        <source>Your PIN signs for it</source>
        <translation>请输入您的密码签字</translation>
    </message>
    <message>
        <source>Count everything in the drawer</source>
        <translation>清点钱箱里的全部现金</translation>
    </message>
    <message>
        <source>The float too. Type how many of each; Enter goes on to the next. What should be there is shown once you have given your count, which cannot be changed then.</source>
        <translation>备用金也要点。逐个面额输入张数，按 Enter 到下一个。交出点数之后才显示应有金额，点数从此不能再改。</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>实点</translation>
    </message>
    <message>
        <source>of it the float, back to the safe</source>
        <translation>其中备用金，退回保险柜</translation>
    </message>
    <message>
        <source>and takings to hand in</source>
        <translation>其余票款，上缴</translation>
    </message>
    <message>
        <source>Why the operator cannot close it</source>
        <translation>本人不能交班的原因</translation>
    </message>
    <message>
        <source>Your PIN</source>
        <translation>您的密码</translation>
    </message>
</context>
<context>
    <name>CourtView</name>
    <message>
        <source>held at {window}</source>
        <translation>由{window}保管</translation>
    </message>
    <message>
        <source>free</source>
        <translation>可售</translation>
    </message>
    <message>
        <source>free, view obstructed</source>
        <translation>可售，视线遮挡</translation>
    </message>
    <message>
        <source>in this basket: click to give it back</source>
        <translation>已在本单，再点一下退回</translation>
    </message>
    <message>
        <source>held by another basket or window</source>
        <translation>被其他单或其他窗口占用</translation>
    </message>
    <message>
        <source>sold</source>
        <translation>已售</translation>
    </message>
    <message>
        <source>not on sale</source>
        <translation>不出售</translation>
    </message>
    <message>
        <source>free, held ahead of time by this window</source>
        <translation>可售，已配给本窗</translation>
    </message>
    <message>
        <source>not to be had while central is out of reach</source>
        <translation>断网期间不能售出</translation>
    </message>
    <message>
        <source>held ahead by this window: {count}</source>
        <translation>配给本窗：{count}</translation>
    </message>
    <message>
        <source>held at other windows: {count}</source>
        <translation>其他窗口保管：{count}</translation>
    </message>
    <message>
        <source>central is out of reach: only what this window holds can be sold</source>
        <translation>中央断线：只能售本窗保管的座位</translation>
    </message>
</context>
<context>
    <name>DayPart</name>
    <message>
        <source>Sessions</source>
        <translation>场次</translation>
    </message>
    <message>
        <source>This session</source>
        <translation>本场次</translation>
    </message>
    <message>
        <source>begins {time}</source>
        <translation>{time} 开始</translation>
    </message>
    <message>
        <source>tickets</source>
        <translation>张票</translation>
    </message>
    <message>
        <source>a run is under way</source>
        <translation>退款进行中</translation>
    </message>
    <message>
        <source>paid back</source>
        <translation>已退款</translation>
    </message>
    <message>
        <source>Nobody decided yet.</source>
        <translation>尚未作出决定。</translation>
    </message>
    <message>
        <source>Reason: {reason}</source>
        <translation>原因：{reason}</translation>
    </message>
    <message numerus="yes">
        <source>%n live ticket(s)</source>
        <translation>
            <numerusform>%n 张有效票</numerusform>
        </translation>
    </message>
    <message>
        <source>A run is under way: go on with it.</source>
        <translation>退款正在进行，请继续。</translation>
    </message>
    <message>
        <source>Go on paying back</source>
        <translation>继续退款</translation>
    </message>
    <message>
        <source>Open the dry run</source>
        <translation>打开试算</translation>
    </message>
    <message>
        <source>See what the rules say</source>
        <translation>看规则怎么说</translation>
    </message>
    <message>
        <source>Record play</source>
        <translation>记录比赛</translation>
    </message>
    <message>
        <source>Session and play</source>
        <translation>场次与比赛</translation>
    </message>
    <message>
        <source>What was decided</source>
        <translation>决定</translation>
    </message>
    <message>
        <source>Tickets and money</source>
        <translation>票与款</translation>
    </message>
    <message>
        <source>No session that day</source>
        <translation>当天没有场次</translation>
    </message>
    <message>
        <source>Choose another day above.</source>
        <translation>请在上方选择其他日期。</translation>
    </message>
</context>
<context>
    <name>DayStatements</name>
    <message>
        <source>Kept as no. {number}: {day}. Enter saves it as PDF and XLSX.</source>
        <translation>已保存为第 {number} 号:{day}。按回车存为 PDF 和 XLSX。</translation>
    </message>
    <message>
        <source>Nothing new of {day}.</source>
        <translation>{day} 没有新内容。</translation>
    </message>
    <message>
        <source>Saved: {files}</source>
        <translation>已存文件:{files}</translation>
    </message>
    <message>
        <source>Make the statement</source>
        <translation>制作报表</translation>
    </message>
    <message>
        <source>Look for late reports of {day}</source>
        <translation>查找 {day} 的补报内容</translation>
    </message>
    <message>
        <source>Make the statement of {day}</source>
        <translation>制作 {day} 的报表</translation>
    </message>
    <message>
        <source>not made yet</source>
        <translation>尚未制作</translation>
    </message>
    <message>
        <source>no. {numbers}</source>
        <translation>第 {numbers} 号</translation>
    </message>
    <message numerus="yes">
        <source>%n window(s)</source>
        <translation>
            <numerusform>%n 个窗口</numerusform>
        </translation>
    </message>
    <message>
        <source>Statements of all windows</source>
        <translation>全部窗口的日结报表</translation>
    </message>
    <message>
        <source>A statement is kept at central and never changed. What windows report later becomes its supplement.</source>
        <translation>报表保存在中央记录,不再更改。窗口之后补报的内容成为补充报表。</translation>
    </message>
</context>
<context>
    <name>DaysPart</name>
    <message>
        <source>Days</source>
        <translation>按日对账</translation>
    </message>
    <message>
        <source>no bill yet</source>
        <translation>还没有账单</translation>
    </message>
    <message>
        <source>Ledger {amount}</source>
        <translation>账上 {amount}</translation>
    </message>
    <message>
        <source>Bill {amount}</source>
        <translation>账单 {amount}</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>差额</translation>
    </message>
    <message numerus="yes">
        <source>%n pair(s) of rows agree</source>
        <translation>
            <numerusform>%n 笔相符</numerusform>
        </translation>
    </message>
    <message>
        <source>Fees {fees}, to be paid out {paid}</source>
        <translation>手续费 {fees}，应到账 {paid}</translation>
    </message>
    <message numerus="yes">
        <source>%n exception(s)</source>
        <translation>
            <numerusform>%n 笔差错</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} of them open</source>
        <translation>未处理 {count} 笔</translation>
    </message>
    <message>
        <source>The bill is not whole: take it in again.</source>
        <translation>账单不完整：请重新导入。</translation>
    </message>
    <message numerus="yes">
        <source>Look at %n exception(s)</source>
        <translation>
            <numerusform>查看 %n 笔差错</numerusform>
        </translation>
    </message>
    <message>
        <source>Take in the bill of {tender}</source>
        <translation>导入{tender}账单</translation>
    </message>
    <message>
        <source>Its bill comes when the day is over</source>
        <translation>当日结束后才有账单</translation>
    </message>
    <message>
        <source>Go to what is open of this day</source>
        <translation>查看当日未平的账</translation>
    </message>
    <message>
        <source>Save the statement once more</source>
        <translation>再存一份日报</translation>
    </message>
    <message>
        <source>Close the day: PDF and XLSX</source>
        <translation>平账：出日报 PDF 和 XLSX</translation>
    </message>
    <message>
        <source>{day} is closed, statement no. {number}. Saved: {files}</source>
        <translation>{day} 已平账，日报第 {number} 号。已保存：{files}</translation>
    </message>
    <message>
        <source>This day</source>
        <translation>当日</translation>
    </message>
    <message>
        <source>The bill</source>
        <translation>账单</translation>
    </message>
    <message>
        <source>What comes next</source>
        <translation>接下来</translation>
    </message>
    <message>
        <source>No money outside in these days</source>
        <translation>这些天没有外部收款</translation>
    </message>
    <message>
        <source>Money that WeChat Pay, Alipay, card terminals and channels took is listed here, day by day, beside the bill that each of them sends.</source>
        <translation>微信支付、支付宝、刷卡机和渠道收的款按日列在这里，并与各家的账单并排对照。</translation>
    </message>
</context>
<context>
    <name>DecisionPart</name>
    <message>
        <source>Decision</source>
        <translation>决定</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>作出决定</translation>
    </message>
    <message>
        <source>Policy {name}</source>
        <translation>规则 {name}</translation>
    </message>
    <message>
        <source>no rain rule: two people decide</source>
        <translation>没有雨天规则：由两人决定</translation>
    </message>
    <message>
        <source>as it stands now</source>
        <translation>按目前情况</translation>
    </message>
    <message>
        <source>Go on to paying back</source>
        <translation>去退款</translation>
    </message>
    <message>
        <source>Decide by the rules</source>
        <translation>按规则决定</translation>
    </message>
    <message>
        <source>The rules are being read</source>
        <translation>正在读取规则</translation>
    </message>
    <message>
        <source>Or choose above what two people decide</source>
        <translation>或在上方选择，由两人决定</translation>
    </message>
    <message>
        <source>Decide: {outcome}</source>
        <translation>决定：{outcome}</translation>
    </message>
    <message>
        <source>Say why: press a reason, or type one</source>
        <translation>说明原因：按一个原因，或自己输入</translation>
    </message>
    <message>
        <source>A second person signs</source>
        <translation>请第二人签字</translation>
    </message>
    <message>
        <source>Decided: {what}</source>
        <translation>已决定：{what}</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>已决定</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>为什么</translation>
    </message>
    <message>
        <source>What its tickets bring</source>
        <translation>持票人得到什么</translation>
    </message>
    <message>
        <source>As the rules say</source>
        <translation>按规则</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>视为已举行</translation>
    </message>
    <message>
        <source>Why not the rules?</source>
        <translation>为什么不按规则？</translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation>其他原因</translation>
    </message>
    <message>
        <source>Decided by the organiser</source>
        <translation>主办方决定</translation>
    </message>
    <message>
        <source>Goodwill</source>
        <translation>善意补偿</translation>
    </message>
    <message>
        <source>No live ticket of this session</source>
        <translation>本场次没有有效票</translation>
    </message>
    <message>
        <source>There is nothing the rules could be held against. Two people may decide.</source>
        <translation>没有可套用规则的票。可由两人决定。</translation>
    </message>
</context>
<context>
    <name>DeskActs</name>
    <message>
        <source>The basket is parked. Alt O brings it back.</source>
        <translation>本单已挂起，按 Alt O 取单。</translation>
    </message>
    <message numerus="yes">
        <source>A payment came to nothing: its %n ticket(s) wait. Alt O brings them back.</source>
        <translation>
            <numerusform>一笔付款没有成功：它的 %n 张票还在等。按 Alt O 取回。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentEntry</name>
    <message>
        <source>The check digit does not fit. Look again and type it anew.</source>
        <translation>校验位不对，请核对后重新输入。</translation>
    </message>
    <message>
        <source>The old form with 15 digits is not valid. Ask for the new card.</source>
        <translation>15 位旧证号已停用，请出示新证。</translation>
    </message>
    <message>
        <source>This needs 18 characters: 17 digits and a digit or X.</source>
        <translation>应为 18 位：17 位数字加一位数字或 X。</translation>
    </message>
    <message>
        <source>The birth date in the number does not exist. Type it again.</source>
        <translation>号码中的出生日期不存在，请重新输入。</translation>
    </message>
    <message>
        <source>This is no resident ID. Choose another kind of document.</source>
        <translation>这不是居民身份证号，请换证件类型。</translation>
    </message>
    <message>
        <source>A residence permit begins with 81, 82 or 83.</source>
        <translation>居住证号以 81、82 或 83 开头。</translation>
    </message>
    <message>
        <source>A home-return permit is H or M with 8 or 10 digits.</source>
        <translation>回乡证为 H 或 M 加 8 或 10 位数字。</translation>
    </message>
    <message>
        <source>A Taiwan permit has 8 digits.</source>
        <translation>台胞证为 8 位数字。</translation>
    </message>
    <message>
        <source>A permanent resident card has 15 characters, or 18 from 9.</source>
        <translation>永居证为 15 位，或以 9 开头的 18 位。</translation>
    </message>
    <message>
        <source>A passport number has 5 to 15 letters and digits.</source>
        <translation>护照号为 5 至 15 位字母和数字。</translation>
    </message>
    <message>
        <source>The passport lines are incomplete. Scan both lines again.</source>
        <translation>护照机读码不完整，请重新扫描两行。</translation>
    </message>
    <message>
        <source>This number is not right. Check it and type it again.</source>
        <translation>证件号不对，请核对后重新输入。</translation>
    </message>
    <message>
        <source>Kind of document</source>
        <translation>证件类型</translation>
    </message>
    <message>
        <source>Document number</source>
        <translation>证件号</translation>
    </message>
    <message>
        <source>Name (may stay empty)</source>
        <translation>姓名（可不填）</translation>
    </message>
    <message>
        <source>OK Enter</source>
        <translation>确定 Enter</translation>
    </message>
</context>
<context>
    <name>DonePanel</name>
    <message>
        <source>Change to give</source>
        <translation>找零</translation>
    </message>
    <message>
        <source>Taken by {tender}</source>
        <translation>{tender}收款</translation>
    </message>
    <message>
        <source>Due {due}: {parts}</source>
        <translation>应收 {due}：{parts}</translation>
    </message>
    <message>
        <source>Due {due}, given {given}</source>
        <translation>应收 {due}，实收 {given}</translation>
    </message>
    <message>
        <source>No change to give</source>
        <translation>不用找零</translation>
    </message>
    <message>
        <source>Order number</source>
        <translation>订单号</translation>
    </message>
    <message>
        <source>They came out</source>
        <translation>已出纸</translation>
    </message>
    <message>
        <source>Print again</source>
        <translation>重打</translation>
    </message>
    <message>
        <source>If this customer wants it</source>
        <translation>这位顾客需要时</translation>
    </message>
    <message>
        <source>The sale stands. Look at the printer, then say what you found.</source>
        <translation>票已售出，款已入账。请看打印机，再选下面一项。</translation>
    </message>
    <message numerus="yes">
        <source>Printing %n ticket(s)…</source>
        <translation>
            <numerusform>正在出 %n 张票…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) may not have been printed</source>
        <translation>
            <numerusform>有 %n 页可能没有打出来</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) printed, and the receipt</source>
        <translation>
            <numerusform>已出 %n 张票和小票</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DoubtfulPages</name>
    <message>
        <source>Look at the printer: did these pages come out?</source>
        <translation>请看打印机：这几张出来了吗？</translation>
    </message>
    <message>
        <source>All came out</source>
        <translation>全部已出纸</translation>
    </message>
    <message>
        <source>Print all again</source>
        <translation>全部重打</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>小票</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>门票</translation>
    </message>
    <message>
        <source>Slip</source>
        <translation>凭条</translation>
    </message>
    <message>
        <source>Not printed yet</source>
        <translation>还没有打印</translation>
    </message>
    <message>
        <source>Print now</source>
        <translation>现在打印</translation>
    </message>
    <message>
        <source>In doubt: {why}</source>
        <translation>存疑：{why}</translation>
    </message>
    <message>
        <source>It came out</source>
        <translation>已出纸</translation>
    </message>
    <message>
        <source>Print again</source>
        <translation>重打</translation>
    </message>
</context>
<context>
    <name>EnrolmentPage</name>
    <message>
        <source>Enrolment file of this window</source>
        <translation>本窗口的注册文件</translation>
    </message>
    <message>
        <source>Enrolment files (*.json)</source>
        <translation>注册文件 (*.json)</translation>
    </message>
    <message>
        <source>Ticket window</source>
        <translation>售票窗口</translation>
    </message>
    <message>
        <source>Choose another file</source>
        <translation>选择其他文件</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Choose the enrolment file</source>
        <translation>选择注册文件</translation>
    </message>
    <message>
        <source>This window is ready</source>
        <translation>本窗口已就绪</translation>
    </message>
    <message>
        <source>This computer is no window yet</source>
        <translation>这台电脑还不是窗口</translation>
    </message>
    <message>
        <source>This window is not set up yet</source>
        <translation>本窗口尚未设置好</translation>
    </message>
    <message>
        <source>Setting up this window</source>
        <translation>正在设置本窗口</translation>
    </message>
    <message>
        <source>Destroy {file} now, with every copy of it: it holds secrets of the venue.</source>
        <translation>请立即销毁 {file} 及其所有副本：其中有场馆的机密。</translation>
    </message>
    <message>
        <source>Destroy the enrolment file now, with every copy of it.</source>
        <translation>请立即销毁注册文件及其所有副本。</translation>
    </message>
    <message>
        <source>Whoever looks after the central records has made an enrolment file for it.</source>
        <translation>中央记录的管理人员已为它生成注册文件。</translation>
    </message>
    <message>
        <source>It fetches what it needs to sell. If it is interrupted, it goes on here.</source>
        <translation>正在获取售票所需的内容。如果中断，会从这里继续。</translation>
    </message>
    <message>
        <source>Signing in to the central records</source>
        <translation>正在登录中央记录</translation>
    </message>
    <message>
        <source>Fetching orders: {count} of {total}</source>
        <translation>正在获取订单：{count} / {total}</translation>
    </message>
    <message>
        <source>Fetching seats, prices and operators</source>
        <translation>正在获取座位、价格和操作员</translation>
    </message>
</context>
<context>
    <name>EntryForm</name>
    <message>
        <source>Say why it is taken away</source>
        <translation>请说明为何去掉</translation>
    </message>
    <message>
        <source>Say why it is corrected</source>
        <translation>请说明为何更正</translation>
    </message>
    <message>
        <source>Type the time, as in 12:35</source>
        <translation>请输入时间，如 12:35</translation>
    </message>
    <message>
        <source>Type which match it was</source>
        <translation>请输入是哪场比赛</translation>
    </message>
    <message>
        <source>Type when the match began</source>
        <translation>请输入比赛开始时间</translation>
    </message>
    <message>
        <source>Type when the match ended</source>
        <translation>请输入比赛结束时间</translation>
    </message>
    <message>
        <source>It will count no more; the ledger keeps both.</source>
        <translation>此后不再计入；记录里两条都保留。</translation>
    </message>
    <message>
        <source>What is recorded now takes its place; the ledger keeps both.</source>
        <translation>新记录取代原来那条；记录里两条都保留。</translation>
    </message>
    <message>
        <source>Minutes only where rain broke the match; else from start to end.</source>
        <translation>只有因雨中断时才填分钟；否则按起止时间计。</translation>
    </message>
    <message>
        <source>Leave the time empty for now.</source>
        <translation>时间留空即为现在。</translation>
    </message>
    <message>
        <source>Venue time of that day.</source>
        <translation>当天的场馆时间。</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>Which match</source>
        <translation>哪场比赛</translation>
    </message>
    <message>
        <source>Played to its end</source>
        <translation>打完了</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>为什么？</translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation>其他原因</translation>
    </message>
    <message>
        <source>Wrong time</source>
        <translation>时间有误</translation>
    </message>
    <message>
        <source>Wrong court</source>
        <translation>场地有误</translation>
    </message>
</context>
<context>
    <name>ErrorPresenter</name>
    <message>
        <source>That did not work</source>
        <translation>没有办成</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Order {order} is free now. Do it once more.</source>
        <translation>订单 {order} 现已空出，请再操作一次。</translation>
    </message>
    <message>
        <source>Order {order} was not let go: the other window is not asked any more. Do it once more, or send the visitor there.</source>
        <translation>订单 {order} 未被让出：已不再向另一窗口索取。请再操作一次，或请顾客到该窗口办理。</translation>
    </message>
    <message>
        <source>Something went wrong inside the program. Nothing that was finished is lost; you can go on. Please tell your supervisor this reference: {reference}</source>
        <translation>程序内部出错。已完成的都在，可以继续工作。请把这个编号告诉主管：{reference}</translation>
    </message>
    <message>
        <source>Unexpected error</source>
        <translation>程序出错</translation>
    </message>
</context>
<context>
    <name>ExceptionsPart</name>
    <message numerus="yes">
        <source>%n exception(s)</source>
        <translation>
            <numerusform>%n 笔差错</numerusform>
        </translation>
    </message>
    <message>
        <source>This exception</source>
        <translation>这笔差错</translation>
    </message>
    <message>
        <source>Exceptions</source>
        <translation>差错</translation>
    </message>
    <message numerus="yes">
        <source>%n pair(s) of rows agree</source>
        <translation>
            <numerusform>%n 笔相符</numerusform>
        </translation>
    </message>
    <message>
        <source>Order {number}</source>
        <translation>订单 {number}</translation>
    </message>
    <message>
        <source>Ledger {amount}</source>
        <translation>账上 {amount}</translation>
    </message>
    <message>
        <source>Bill {amount}</source>
        <translation>账单 {amount}</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未结</translation>
    </message>
    <message>
        <source>explained</source>
        <translation>已说明</translation>
    </message>
    <message>
        <source>Explained</source>
        <translation>已说明</translation>
    </message>
    <message>
        <source>Say why: press a reason, or type one</source>
        <translation>说明原因：按一个原因，或自己输入</translation>
    </message>
    <message>
        <source>Explain this exception</source>
        <translation>说明这笔差错</translation>
    </message>
    <message>
        <source>To the next open one</source>
        <translation>下一笔未处理的</translation>
    </message>
    <message>
        <source>Back to the days</source>
        <translation>返回按日对账</translation>
    </message>
    <message>
        <source>Explained: {reason}</source>
        <translation>已说明：{reason}</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>哪里不符</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>怎么办</translation>
    </message>
    <message>
        <source>Open the order</source>
        <translation>打开订单</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>再查一次</translation>
    </message>
    <message>
        <source>Explained by</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>The reason, in a few words</source>
        <translation>简要说明原因</translation>
    </message>
    <message>
        <source>Confirmed by the other side</source>
        <translation>对方已确认</translation>
    </message>
    <message>
        <source>Booked by hand</source>
        <translation>已手工入账</translation>
    </message>
    <message>
        <source>Given back to the customer</source>
        <translation>已退还顾客</translation>
    </message>
    <message>
        <source>No exceptions</source>
        <translation>没有差错</translation>
    </message>
    <message>
        <source>What a bill and the ledger do not agree on is listed here once it is read.</source>
        <translation>导入账单后，账单与账上不符的列在这里。</translation>
    </message>
</context>
<context>
    <name>ExchangeAct</name>
    <message>
        <source>Exchange</source>
        <translation>换票</translation>
    </message>
    <message>
        <source>Keep the old tickets</source>
        <translation>保留原票</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message numerus="yes">
        <source>%n paper ticket(s) taken back (Alt K)</source>
        <translation>
            <numerusform>已收回 %n 张纸票（Alt K）</numerusform>
        </translation>
    </message>
    <message>
        <source>Tick the tickets that are exchanged.</source>
        <translation>请勾选要换的票。</translation>
    </message>
    <message>
        <source>Take the new places</source>
        <translation>占新座位</translation>
    </message>
    <message>
        <source>Take the paper tickets back and confirm it.</source>
        <translation>请收回纸票并确认。</translation>
    </message>
    <message>
        <source>A second person signs above.</source>
        <translation>请第二人在上方签名。</translation>
    </message>
    <message>
        <source>To the approval</source>
        <translation>去审批</translation>
    </message>
    <message numerus="yes">
        <source>Take %n new place(s)</source>
        <translation>
            <numerusform>占 %n 个新座位</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExchangePaying</name>
    <message>
        <source>The old codes are dead.</source>
        <translation>旧票码已作废。</translation>
    </message>
    <message>
        <source>Goes back the way it came: {ways}.</source>
        <translation>原路退回：{ways}。</translation>
    </message>
    <message>
        <source>Look at the printer: a page is in doubt.</source>
        <translation>请查看打印机：有一页是否打出不确定。</translation>
    </message>
    <message>
        <source>Hand out of the drawer</source>
        <translation>从钱箱付给顾客</translation>
    </message>
    <message>
        <source>Change to give</source>
        <translation>应找零</translation>
    </message>
    <message>
        <source>Nothing was exchanged, the old tickets stay good</source>
        <translation>没有换票，原票继续有效</translation>
    </message>
    <message>
        <source>{amount} out of the drawer</source>
        <translation>从钱箱付出 {amount}</translation>
    </message>
    <message>
        <source>The old codes die, and what is above goes back the way it was paid.</source>
        <translation>旧票码作废，多付的钱原路退回。</translation>
    </message>
    <message>
        <source>Back to the order</source>
        <translation>返回订单</translation>
    </message>
</context>
<context>
    <name>ExchangeSums</name>
    <message>
        <source>New tickets</source>
        <translation>新票</translation>
    </message>
    <message>
        <source>Paid for the old ones</source>
        <translation>原票已付</translation>
    </message>
    <message>
        <source>Fee</source>
        <translation>手续费</translation>
    </message>
    <message>
        <source>Paid towards it</source>
        <translation>已付差价</translation>
    </message>
    <message>
        <source>To pay</source>
        <translation>应付</translation>
    </message>
    <message>
        <source>Goes back</source>
        <translation>应退</translation>
    </message>
</context>
<context>
    <name>ExchangeWords</name>
    <message numerus="yes">
        <source>Exchange %n</source>
        <translation>
            <numerusform>换 %n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Exchange %n, {amount} back</source>
        <translation>
            <numerusform>换 %n 张，退 {amount}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) exchanged</source>
        <translation>
            <numerusform>已换 %n 张票</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExtendReservation</name>
    <message>
        <source>Extend the reservation</source>
        <translation>延长预约</translation>
    </message>
    <message>
        <source>It waits until {time}</source>
        <translation>保留到 {time}</translation>
    </message>
    <message>
        <source>Tell the customer; the code stays the same.</source>
        <translation>请告知顾客，预约码不变。</translation>
    </message>
    <message>
        <source>No later: the session begins soon after</source>
        <translation>已到最晚：之后不久开场</translation>
    </message>
    <message>
        <source>Extend until {time}</source>
        <translation>延长到 {time}</translation>
    </message>
    <message>
        <source>It cannot wait longer than that. Take the money now.</source>
        <translation>不能再延，请现在收款。</translation>
    </message>
    <message>
        <source>Say why: press a reason, or type one</source>
        <translation>请说明原因：点一个，或自己输入</translation>
    </message>
    <message numerus="yes">
        <source>+ %n min</source>
        <translation>
            <numerusform>+ %n 分钟</numerusform>
        </translation>
    </message>
    <message>
        <source>Why does it wait longer?</source>
        <translation>为什么延长？</translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation>其他原因</translation>
    </message>
    <message>
        <source>The customer is on the way</source>
        <translation>顾客在路上</translation>
    </message>
    <message>
        <source>The queue is long</source>
        <translation>排队太长</translation>
    </message>
    <message>
        <source>Payment did not work</source>
        <translation>付款未成功</translation>
    </message>
</context>
<context>
    <name>FiguresCard</name>
    <message>
        <source>Tickets sold for</source>
        <translation>售票金额</translation>
    </message>
    <message>
        <source>{name} since {time}</source>
        <translation>{name}，{time} 上岗</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>售票笔数</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>售票张数</translation>
    </message>
    <message>
        <source>Pickups</source>
        <translation>取票</translation>
    </message>
    <message>
        <source>Reprints</source>
        <translation>补打</translation>
    </message>
    <message>
        <source>Change given</source>
        <translation>找零</translation>
    </message>
    <message>
        <source>Float</source>
        <translation>备用金</translation>
    </message>
    <message>
        <source>Paid in</source>
        <translation>存入</translation>
    </message>
    <message>
        <source>Paid out</source>
        <translation>支出</translation>
    </message>
    <message>
        <source>Drops to the safe</source>
        <translation>缴款入柜</translation>
    </message>
    <message>
        <source>Refunds</source>
        <translation>退票</translation>
    </message>
    <message>
        <source>Voids</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Part payments</source>
        <translation>部分付款</translation>
    </message>
    <message>
        <source>Part payments undone</source>
        <translation>部分付款撤回</translation>
    </message>
    <message>
        <source>Came too late</source>
        <translation>迟到款项</translation>
    </message>
</context>
<context>
    <name>FilesBar</name>
    <message>
        <source>Bills and files of the bank</source>
        <translation>账单与银行文件</translation>
    </message>
    <message>
        <source>Files from outside</source>
        <translation>外来文件</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Drop bills, files of acquirers and channels, and what the bank answers here.</source>
        <translation>把账单、收单机构和渠道的对账文件、银行回执拖到这里。</translation>
    </message>
    <message>
        <source>Take files in</source>
        <translation>导入文件</translation>
    </message>
    <message numerus="yes">
        <source>and %n more file(s)</source>
        <translation>
            <numerusform>另有 %n 个文件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Any state</source>
        <translation>全部状态</translation>
    </message>
    <message>
        <source>Paid, not picked up</source>
        <translation>已支付，未取票</translation>
    </message>
    <message>
        <source>Reserved, to be paid</source>
        <translation>预约，待支付</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>已交票</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>已退</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>已释放</translation>
    </message>
    <message>
        <source>Any day</source>
        <translation>全部日期</translation>
    </message>
    <message>
        <source>Any channel</source>
        <translation>全部渠道</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>场次</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>Any session</source>
        <translation>全部场次</translation>
    </message>
</context>
<context>
    <name>FloatForm</name>
    <message>
        <source>Count the float first</source>
        <translation>请先点备用金</translation>
    </message>
    <message>
        <source>Open shift · float {amount}</source>
        <translation>开班 · 备用金 {amount}</translation>
    </message>
    <message>
        <source>Good day, {name}</source>
        <translation>{name}，你好</translation>
    </message>
    <message>
        <source>Count the float in the drawer to open your shift. Enter goes on to the next.</source>
        <translation>点清钱箱里的备用金，然后开班。按 Enter 到下一格。</translation>
    </message>
    <message>
        <source>Or type the total</source>
        <translation>或直接输入总额</translation>
    </message>
    <message>
        <source>Float</source>
        <translation>备用金</translation>
    </message>
    <message>
        <source>Somebody else signs on</source>
        <translation>换人上岗</translation>
    </message>
</context>
<context>
    <name>FreePanel</name>
    <message>
        <source>Say why: press a reason, or type one</source>
        <translation>请说明原因：按键选择或输入</translation>
    </message>
    <message>
        <source>A supervisor signs above</source>
        <translation>请主管在上方签名</translation>
    </message>
    <message>
        <source>To the approval</source>
        <translation>去审批</translation>
    </message>
    <message numerus="yes">
        <source>Give %n ticket(s) away</source>
        <translation>
            <numerusform>赠送 %n 张票</numerusform>
        </translation>
    </message>
    <message>
        <source>Reason and both names go on record.</source>
        <translation>原因和两人姓名都会记录。</translation>
    </message>
    <message>
        <source>Why are they given away?</source>
        <translation>为什么赠票？</translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation>其他原因</translation>
    </message>
    <message>
        <source>Guest of the organiser</source>
        <translation>主办方客人</translation>
    </message>
    <message>
        <source>Press or players</source>
        <translation>媒体或球员</translation>
    </message>
    <message>
        <source>To make up for a trouble</source>
        <translation>补偿观众</translation>
    </message>
</context>
<context>
    <name>GroupPanel</name>
    <message>
        <source>without a name</source>
        <translation>未写姓名</translation>
    </message>
    <message>
        <source>has a ticket here</source>
        <translation>已在本单</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n 张票</numerusform>
        </translation>
    </message>
    <message>
        <source>no ticket left</source>
        <translation>没有票可分</translation>
    </message>
    <message>
        <source>Line {line}</source>
        <translation>第 {line} 行</translation>
    </message>
    <message>
        <source>no document number</source>
        <translation>没有证件号</translation>
    </message>
    <message>
        <source>stands in line {other} already</source>
        <translation>与第 {other} 行重复</translation>
    </message>
    <message>
        <source>a list has at most {other} people</source>
        <translation>一份名单最多 {other} 人</translation>
    </message>
    <message>
        <source>at most {other} tickets for one document</source>
        <translation>每证最多 {other} 张票</translation>
    </message>
    <message>
        <source>is in another basket for this session</source>
        <translation>在另一单里已占本场次</translation>
    </message>
    <message>
        <source>has a ticket in order {other}</source>
        <translation>在订单 {other} 中已有票</translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) listed</source>
        <translation>
            <numerusform>名单 %n 人</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) need a look</source>
        <translation>
            <numerusform>%n 行要核对</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a ticket</source>
        <translation>
            <numerusform>%n 人没有票</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) stay without a person</source>
        <translation>
            <numerusform>还有 %n 张票未绑定</numerusform>
        </translation>
    </message>
    <message>
        <source>Who comes with the group?</source>
        <translation>团里都有谁？</translation>
    </message>
    <message>
        <source>One person a line: name and document, in any order</source>
        <translation>每行一人：姓名和证件，先后不限</translation>
    </message>
    <message>
        <source>Paste the list here</source>
        <translation>把名单粘贴在这里</translation>
    </message>
    <message>
        <source>Open a file</source>
        <translation>打开文件</translation>
    </message>
</context>
<context>
    <name>Grouping</name>
    <message>
        <source>The group's list</source>
        <translation>团体名单</translation>
    </message>
    <message>
        <source>Lists (*.xlsx *.csv *.txt)</source>
        <translation>名单 (*.xlsx *.csv *.txt)</translation>
    </message>
    <message>
        <source>The whole list has its tickets.</source>
        <translation>名单上的人都绑定了票。</translation>
    </message>
</context>
<context>
    <name>HeadCard</name>
    <message>
        <source>Central records</source>
        <translation>中央记录</translation>
    </message>
    <message>
        <source>asking…</source>
        <translation>正在查询…</translation>
    </message>
    <message>
        <source>the file beside the window's own</source>
        <translation>本窗口数据旁边的文件</translation>
    </message>
    <message>
        <source>its own journal: {head} · {agreement}</source>
        <translation>中央流水：{head} · {agreement}</translation>
    </message>
    <message>
        <source>Central was restored and grants nothing until these windows have reported, or are fenced: {windows}</source>
        <translation>中央已从备份恢复，下列窗口上报或停用之前不发放任何保管：{windows}</translation>
    </message>
    <message>
        <source>Central's own journal differs from what was seen here.</source>
        <translation>中央自身的流水与本窗所见不符。</translation>
    </message>
    <message>
        <source>out of reach since {time}</source>
        <translation>{time} 起断线</translation>
    </message>
    <message>
        <source>what follows is of {time}</source>
        <translation>以下为 {time} 的情况</translation>
    </message>
    <message>
        <source>on line: {here} of {count} windows</source>
        <translation>在线窗口：{here} / {count}</translation>
    </message>
</context>
<context>
    <name>HistoryWords</name>
    <message numerus="yes">
        <source>%n ticket(s) handed over</source>
        <translation>
            <numerusform>交票 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Names, documents or ticket types changed</source>
        <translation>修改了姓名、证件或票种</translation>
    </message>
    <message numerus="yes">
        <source>Seats of %n ticket(s) swapped</source>
        <translation>
            <numerusform>换座 %n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reserved ticket(s) released for sale</source>
        <translation>
            <numerusform>释放预约 %n 张，重新可售</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reservation ran out, %n ticket(s) on sale again</source>
        <translation>
            <numerusform>预约到期，%n 张重新可售</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Other places taken for %n ticket(s)</source>
        <translation>
            <numerusform>已为 %n 张票占新座位</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Exchange of %n ticket(s) given up</source>
        <translation>
            <numerusform>%n 张票的换票已放弃</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) given back because of rain</source>
        <translation>
            <numerusform>因雨退票 %n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) given back: session cancelled</source>
        <translation>
            <numerusform>场次取消，退票 %n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) given back: session moved</source>
        <translation>
            <numerusform>场次改期，退票 %n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) printed again as a duplicate</source>
        <translation>
            <numerusform>补打 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Reported to central once more, after a review</source>
        <translation>复核后再次上报中央</translation>
    </message>
    <message>
        <source>Personal data shown in clear</source>
        <translation>查看了明文个人信息</translation>
    </message>
    <message numerus="yes">
        <source>Purchase limit passed: up to %n ticket(s)</source>
        <translation>
            <numerusform>超限售票获准，最多 %n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) reserved</source>
        <translation>
            <numerusform>预约 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Reservation extended</source>
        <translation>预约延期</translation>
    </message>
    <message>
        <source>central records</source>
        <translation>中央记录</translation>
    </message>
    <message>
        <source>window {number}</source>
        <translation>{number}号窗</translation>
    </message>
    <message>
        <source>reason: {reason}</source>
        <translation>原因：{reason}</translation>
    </message>
    <message>
        <source>approved by {number}</source>
        <translation>{number} 授权</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) sold and paid through {channel}: {amount}</source>
        <translation>
            <numerusform>经 {channel} 售出 %n 张，已支付 {amount}</numerusform>
        </translation>
    </message>
    <message>
        <source>{given} given, {change} change</source>
        <translation>实收 {given}，找零 {change}</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) refunded</source>
        <translation>
            <numerusform>退票 %n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sale of %n ticket(s) voided</source>
        <translation>
            <numerusform>撤销 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>{amount} given back in cash</source>
        <translation>退现 {amount}</translation>
    </message>
    <message>
        <source>{amount} requested from {channel}</source>
        <translation>已向{channel}申请退款 {amount}</translation>
    </message>
    <message>
        <source>fee {amount}</source>
        <translation>手续费 {amount}</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) sold</source>
        <translation>
            <numerusform>售出 %n 张票</numerusform>
        </translation>
    </message>
    <message>
        <source>Paid in part</source>
        <translation>已付部分款项</translation>
    </message>
    <message>
        <source>{amount} by {tender}</source>
        <translation>{tender} {amount}</translation>
    </message>
    <message>
        <source>Part payment undone</source>
        <translation>部分付款已撤回</translation>
    </message>
    <message>
        <source>{amount} by {tender} came too late: it goes back</source>
        <translation>{tender} {amount} 到账过晚,将原路退回</translation>
    </message>
    <message>
        <source>Money back by {tender}</source>
        <translation>{tender}退款</translation>
    </message>
    <message>
        <source>to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>asked for, no answer yet</source>
        <translation>已申请,尚无答复</translation>
    </message>
    <message>
        <source>not known yet, asked again</source>
        <translation>结果未知,继续查询</translation>
    </message>
    <message>
        <source>on its way</source>
        <translation>退款途中</translation>
    </message>
    <message>
        <source>given back</source>
        <translation>已退回</translation>
    </message>
    <message>
        <source>did not go through, tried again</source>
        <translation>未成功,已重新申请</translation>
    </message>
    <message>
        <source>this way is dead: another way is needed</source>
        <translation>原路已不可用,须另行退款</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) exchanged</source>
        <translation>
            <numerusform>已换 %n 张票</numerusform>
        </translation>
    </message>
    <message>
        <source>{amount} paid by {tender}</source>
        <translation>{tender}支付 {amount}</translation>
    </message>
    <message>
        <source>{amount} back by {tender}</source>
        <translation>{tender}退回 {amount}</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) printed</source>
        <translation>
            <numerusform>打印 %n 页</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) sent to the printer, in doubt</source>
        <translation>
            <numerusform>打印 %n 页，结果存疑</numerusform>
        </translation>
    </message>
    <message>
        <source>A page in doubt had come out</source>
        <translation>存疑的一页已核实出纸</translation>
    </message>
    <message>
        <source>A page in doubt was printed again</source>
        <translation>存疑的一页重新打印</translation>
    </message>
    <message>
        <source>document checked</source>
        <translation>已核证件</translation>
    </message>
    <message>
        <source>by code</source>
        <translation>凭取票码</translation>
    </message>
    <message>
        <source>no document seen</source>
        <translation>未核证件</translation>
    </message>
    <message>
        <source>until {time}</source>
        <translation>到 {time}</translation>
    </message>
</context>
<context>
    <name>HitList</name>
    <message>
        <source>{count} orders fit {shown}</source>
        <translation>{shown}：找到 {count} 单</translation>
    </message>
    <message>
        <source>{count} orders or more fit {shown}</source>
        <translation>{shown}：至少 {count} 单</translation>
    </message>
    <message>
        <source>There may be more: ask for the phone or the document as well.</source>
        <translation>可能还有更多：请再问手机号或证件。</translation>
    </message>
    <message>
        <source>Choose with the arrow keys and Enter, or click.</source>
        <translation>用方向键和 Enter 选择，或点击。</translation>
    </message>
    <message>
        <source>reserved until {time}, not paid</source>
        <translation>预约至 {time}，未付款</translation>
    </message>
    <message>
        <source>all handed over</source>
        <translation>已全部交票</translation>
    </message>
    <message>
        <source>{count} left</source>
        <translation>还有 {count} 张</translation>
    </message>
    <message>
        <source>not picked up yet</source>
        <translation>未取票</translation>
    </message>
</context>
<context>
    <name>ImportCard</name>
    <message>
        <source>Files to import</source>
        <translation>要导入的文件</translation>
    </message>
    <message>
        <source>Files we read (*.csv *.xlsx *.json *.txt)</source>
        <translation>可读的文件 (*.csv *.xlsx *.json *.txt)</translation>
    </message>
    <message>
        <source>{name}: {done} of {total} steps done</source>
        <translation>{name}：已完成 {done}/{total} 步</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>正在导入</translation>
    </message>
    <message numerus="yes">
        <source>Import %n file(s)</source>
        <translation>
            <numerusform>导入 %n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose files first</source>
        <translation>先选择文件</translation>
    </message>
    <message>
        <source>Import files</source>
        <translation>导入文件</translation>
    </message>
    <message>
        <source>Seat plans, courts, sessions, prices, access, policies, rules and orders. A corrected file changes what may change; what may not is listed by line.</source>
        <translation>座位图、场馆、场次、票价、可进场馆、政策、规则和订单。更正后的文件会更新可以改的内容；不能改的按行列出。</translation>
    </message>
    <message>
        <source>Paste paths here, one a line</source>
        <translation>把文件路径粘贴在这里，每行一个</translation>
    </message>
    <message>
        <source>Choose files</source>
        <translation>选择文件</translation>
    </message>
</context>
<context>
    <name>InvoiceAct</name>
    <message>
        <source>Tax invoice</source>
        <translation>开发票</translation>
    </message>
    <message>
        <source>Send the red one again</source>
        <translation>重新提交红字发票</translation>
    </message>
    <message>
        <source>Tax invoice over {amount} asked for</source>
        <translation>已申请 {amount} 的发票</translation>
    </message>
    <message>
        <source>The red invoice goes out once more</source>
        <translation>红字发票将重新提交</translation>
    </message>
    <message>
        <source>It goes to the platform with the next file.</source>
        <translation>将随下一个文件提交开票平台。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Can be invoiced</source>
        <translation>可开票金额</translation>
    </message>
    <message>
        <source>Back to the order</source>
        <translation>返回订单</translation>
    </message>
    <message>
        <source>Ask for the invoice over {amount}</source>
        <translation>申请开票 {amount}</translation>
    </message>
    <message>
        <source>A red invoice over {amount} is due: it goes out with the next file.</source>
        <translation>待开红字发票 {amount}：将随下一个文件提交。</translation>
    </message>
    <message>
        <source>The platform refused it: {reason}. Ask again with that put right.</source>
        <translation>开票平台已拒绝：{reason}。请更正后重新申请。</translation>
    </message>
</context>
<context>
    <name>InvoiceForm</name>
    <message>
        <source>Type the name of the company.</source>
        <translation>请输入单位名称。</translation>
    </message>
    <message>
        <source>Type the name it is made out to.</source>
        <translation>请输入抬头姓名。</translation>
    </message>
    <message>
        <source>Type the company's tax number.</source>
        <translation>请输入单位税号。</translation>
    </message>
    <message>
        <source>This tax number cannot be right: compare it, letter by letter.</source>
        <translation>税号不正确：请逐位核对。</translation>
    </message>
    <message>
        <source>Type the e-mail address it goes to.</source>
        <translation>请输入接收发票的电子邮箱。</translation>
    </message>
    <message>
        <source>Type the phone it goes to.</source>
        <translation>请输入接收发票的手机号。</translation>
    </message>
    <message>
        <source>To {addresses}</source>
        <translation>发送至 {addresses}</translation>
    </message>
    <message>
        <source>The customer fetches it from the platform.</source>
        <translation>顾客自行到开票平台下载。</translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation>电子邮箱</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>Name of the company</source>
        <translation>单位名称</translation>
    </message>
    <message>
        <source>Name of the person</source>
        <translation>个人姓名</translation>
    </message>
    <message>
        <source>Made out to</source>
        <translation>发票抬头</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>交付方式</translation>
    </message>
    <message>
        <source>A person</source>
        <translation>个人</translation>
    </message>
    <message>
        <source>A company</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Tax number</source>
        <translation>税号</translation>
    </message>
    <message>
        <source>As noted</source>
        <translation>按登记</translation>
    </message>
    <message>
        <source>By e-mail</source>
        <translation>邮箱</translation>
    </message>
    <message>
        <source>By phone</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>No delivery</source>
        <translation>不发送</translation>
    </message>
</context>
<context>
    <name>InvoiceWords</name>
    <message>
        <source>Red invoice</source>
        <translation>红字发票</translation>
    </message>
    <message>
        <source>at the platform</source>
        <translation>开票中</translation>
    </message>
    <message>
        <source>not needed any more</source>
        <translation>不再需要</translation>
    </message>
    <message>
        <source>Invoice</source>
        <translation>发票</translation>
    </message>
    <message>
        <source>is asked for</source>
        <translation>已申请</translation>
    </message>
    <message>
        <source>was issued</source>
        <translation>已开具</translation>
    </message>
    <message>
        <source>was refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>to be issued</source>
        <translation>待开</translation>
    </message>
    <message>
        <source>Tax invoice brought in line with what came back</source>
        <translation>发票已按退款金额调整</translation>
    </message>
    <message>
        <source>{invoice} asked for</source>
        <translation>已申请{invoice}</translation>
    </message>
    <message>
        <source>{invoice} sent to the platform</source>
        <translation>{invoice}已提交开票平台</translation>
    </message>
    <message>
        <source>{invoice} issued</source>
        <translation>{invoice}已开具</translation>
    </message>
    <message>
        <source>{invoice} refused by the platform</source>
        <translation>{invoice}被开票平台拒绝</translation>
    </message>
</context>
<context>
    <name>LeftCaseWords</name>
    <message>
        <source>A payment of a lost window has no end</source>
        <translation>已停用窗口留下一笔未了结的支付</translation>
    </message>
    <message>
        <source>Money on its way back, and nobody follows it</source>
        <translation>一笔退款在途，已无窗口跟进</translation>
    </message>
    <message>
        <source>Once that window is set up again, it goes on by itself.</source>
        <translation>该窗口重新开通后会自动继续跟进。</translation>
    </message>
    <message>
        <source>Is it gone for good? Free what it held at the central home; then two people have this window follow the money.</source>
        <translation>窗口不再恢复？先在中央主目录释放其所持（central free），再由两人让本窗口接手跟进。</translation>
    </message>
    <message>
        <source>Window and payment ended in the middle: whether the money came is not on record.</source>
        <translation>窗口和支付都中断了：钱是否到账没有记录。</translation>
    </message>
    <message>
        <source>Window {window} asked for {amount} ({tender}), and was lost in the middle of it: whether the money came is not on record.</source>
        <translation>{window} 号窗正在收取 {amount}（{tender}）时停用：钱是否到账没有记录。</translation>
    </message>
    <message>
        <source>Window {window} was sending {amount} back ({tender}), and is lost. The number stays the same, so nothing is paid twice.</source>
        <translation>{window} 号窗正在退回 {amount}（{tender}）时停用。退款单号不变，不会重复退款。</translation>
    </message>
    <message>
        <source>Is it gone for good? Free what it held at the central home. Look in the acquirer's portal whether the money went back; else give it back there. Then two people note its number here.</source>
        <translation>窗口不再恢复？先在中央主目录释放其所持（central free）。到收单机构后台查看款项是否已退；没退就在那里退。再由两人在此登记退款编号。</translation>
    </message>
    <message>
        <source>It is owed still: two people order a transfer from the order.</source>
        <translation>此款仍欠顾客：由两人在订单中发起转账。</translation>
    </message>
    <message>
        <source>Settled: the money was given back to the card.</source>
        <translation>已了结：款项已退回卡里。</translation>
    </message>
    <message>
        <source>The company gave no answer that can be trusted.</source>
        <translation>支付公司没有给出可信的答复。</translation>
    </message>
    <message>
        <source>The company does not know of it yet; a charge may still be on its way.</source>
        <translation>支付公司还查不到这笔，扣款可能仍在途中。</translation>
    </message>
    <message>
        <source>It was paid, and the company does not undo it from here any more.</source>
        <translation>已经扣款，支付公司不再受理从这里撤销。</translation>
    </message>
    <message>
        <source>The company names another amount than was asked for.</source>
        <translation>支付公司报的金额与收款金额不同。</translation>
    </message>
    <message>
        <source>Only the card terminal of window {window} knows of it.</source>
        <translation>只有 {window} 号窗的 POS 能查到这笔。</translation>
    </message>
    <message>
        <source>Nobody outside was asked: it was to be paid at the window.</source>
        <translation>未向外部收款：原定在窗口付款。</translation>
    </message>
    <message>
        <source>Then two people settle the case here, with a reason.</source>
        <translation>然后由两人在此结案，并写明原因。</translation>
    </message>
    <message>
        <source>Two people have the company asked: what was paid goes back, and nothing is sold by it.</source>
        <translation>由两人向支付公司查询：已付的退回，不会因此出票。</translation>
    </message>
    <message>
        <source>Was the disk of that window found? Take it in first.</source>
        <translation>找到该窗口的硬盘了？请先接收其数据（central receive）。</translation>
    </message>
    <message>
        <source>Ask again in a moment.</source>
        <translation>请稍后再查。</translation>
    </message>
    <message>
        <source>Ask again in ten minutes.</source>
        <translation>请十分钟后再查。</translation>
    </message>
    <message>
        <source>Give it back in the company's own portal, by the number {number}.</source>
        <translation>请在支付公司的商户后台按单号 {number} 退款。</translation>
    </message>
    <message>
        <source>Look up {number} in the company's own portal; give back what was paid.</source>
        <translation>请在支付公司的商户后台查单号 {number}，已付的退回。</translation>
    </message>
    <message>
        <source>Set that window up again and settle it there; or ask the acquirer about {number}.</source>
        <translation>请重新开通该窗口并在那里处理，或向收单机构查询单号 {number}。</translation>
    </message>
    <message>
        <source>Count that window's drawer, and ask the customer.</source>
        <translation>请清点该窗口的钱箱，并询问顾客。</translation>
    </message>
    <message>
        <source>Settled: what was paid goes back to the customer ({amount}).</source>
        <translation>已结案：已付的 {amount} 退还顾客。</translation>
    </message>
    <message>
        <source>Settled: nothing was taken from the customer.</source>
        <translation>已结案：没有向顾客扣款。</translation>
    </message>
    <message>
        <source>Settled: the company was never asked, nothing was taken.</source>
        <translation>已结案：支付公司从未收到请求，没有扣款。</translation>
    </message>
    <message>
        <source>Settled.</source>
        <translation>已结案。</translation>
    </message>
</context>
<context>
    <name>LeftMoney</name>
    <message>
        <source>How it was settled</source>
        <translation>如何处理的</translation>
    </message>
    <message>
        <source>The reason, in a few words</source>
        <translation>简要说明原因</translation>
    </message>
    <message>
        <source>Given back in the portal</source>
        <translation>已在商户后台退款</translation>
    </message>
    <message>
        <source>The customer was not charged</source>
        <translation>顾客未被扣款</translation>
    </message>
    <message>
        <source>The card is closed</source>
        <translation>卡已注销</translation>
    </message>
    <message>
        <source>The acquirer refuses it: too late</source>
        <translation>收单机构拒绝：已过期限</translation>
    </message>
    <message>
        <source>Its number in the acquirer's portal</source>
        <translation>收单机构后台的退款编号</translation>
    </message>
    <message>
        <source>6 to 12 digits</source>
        <translation>6 至 12 位数字</translation>
    </message>
    <message>
        <source>It cannot go back to the card</source>
        <translation>无法退回卡里</translation>
    </message>
    <message>
        <source>Why it cannot go back</source>
        <translation>无法退回的原因</translation>
    </message>
    <message>
        <source>It was given back in the portal</source>
        <translation>已在收单机构后台退款</translation>
    </message>
    <message>
        <source>Not settled yet: ask the company again</source>
        <translation>尚未处理：再向支付公司查询</translation>
    </message>
    <message>
        <source>It is owed still, by another way</source>
        <translation>仍欠顾客，改用其他方式退</translation>
    </message>
    <message>
        <source>Follow this money from here</source>
        <translation>由本窗口跟进退款</translation>
    </message>
    <message>
        <source>It is settled with the company</source>
        <translation>已与支付公司处理完毕</translation>
    </message>
    <message>
        <source>Ask the company, undo the payment</source>
        <translation>查询并撤销支付</translation>
    </message>
</context>
<context>
    <name>LimitPanel</name>
    <message>
        <source>Say why: press a reason, or type one</source>
        <translation>请说明原因：点一个，或自己输入</translation>
    </message>
    <message>
        <source>A supervisor signs above</source>
        <translation>请主管在上方签名</translation>
    </message>
    <message>
        <source>To the approval</source>
        <translation>去授权</translation>
    </message>
    <message numerus="yes">
        <source>Allow %n ticket(s)</source>
        <translation>
            <numerusform>允许 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Reason and both names go on record. It holds for this order.</source>
        <translation>原因和两人姓名都会记录，仅对本单有效。</translation>
    </message>
    <message>
        <source>Why may they have more?</source>
        <translation>为什么可以多买？</translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation>其他原因</translation>
    </message>
    <message>
        <source>A family or a group</source>
        <translation>家庭或团体</translation>
    </message>
    <message>
        <source>Invited by the organiser</source>
        <translation>主办方邀请</translation>
    </message>
    <message>
        <source>Tickets given back before</source>
        <translation>之前退过票</translation>
    </message>
</context>
<context>
    <name>LineActions</name>
    <message>
        <source>Type</source>
        <translation>票种</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>证件</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>I have seen the proof</source>
        <translation>已查看凭证</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Box office</source>
        <translation>票务中心</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
</context>
<context>
    <name>MoneyCaseWords</name>
    <message>
        <source>Paid after it was given up</source>
        <translation>放弃后又付款</translation>
    </message>
    <message>
        <source>The payment was given up, and the money came all the same. It is on record, and on its way back.</source>
        <translation>该笔付款已放弃，但款项仍然到账。已入账，并正在退回。</translation>
    </message>
    <message>
        <source>Nothing has to be paid out by hand: the order shows when it arrived.</source>
        <translation>无需手工退款：到账后订单上会显示。</translation>
    </message>
    <message>
        <source>Tell the customer that the money comes back the way it was paid.</source>
        <translation>请告知顾客，款项将原路退回。</translation>
    </message>
    <message>
        <source>Money with no way back</source>
        <translation>款项无法原路退回</translation>
    </message>
    <message>
        <source>Money that is owed to a customer cannot go back the way it came: the card or the account is gone.</source>
        <translation>应退顾客的款项无法原路退回：银行卡或账户已失效。</translation>
    </message>
    <message>
        <source>Ask the customer for a bank account.</source>
        <translation>请向顾客索取银行账户。</translation>
    </message>
    <message>
        <source>Two people order the transfer from the order.</source>
        <translation>由两人在订单上办理银行转账。</translation>
    </message>
    <message>
        <source>Paid in part, and left so</source>
        <translation>部分付款后搁置</translation>
    </message>
    <message>
        <source>Part of the money is here, the rest is not. The seats stay with the order until it is paid or undone.</source>
        <translation>只收到部分款项。座位保留在订单中，直到付清或撤回。</translation>
    </message>
    <message>
        <source>Ask the customer for the rest, or give back what was paid.</source>
        <translation>请顾客付清余款，或退回已付款项。</translation>
    </message>
    <message>
        <source>Find the order on the Orders page; both are done there.</source>
        <translation>在订单页找到该订单，两种操作都可办理。</translation>
    </message>
    <message>
        <source>An exchange that nobody ended</source>
        <translation>换票开始后无人完成</translation>
    </message>
    <message>
        <source>New places are held for an order, and its old tickets are good still. Neither can be sold until it is ended.</source>
        <translation>订单占住了新座位，原票也仍然有效。完成之前两处座位都不能出售。</translation>
    </message>
    <message>
        <source>Ask the customer: the difference is paid, or the old tickets are kept.</source>
        <translation>询问顾客：补足差价，或保留原票。</translation>
    </message>
    <message>
        <source>Alt Q on the window that began it lists it; one key undoes it there.</source>
        <translation>在开始换票的窗口按 Alt Q 可以看到，一键即可撤回。</translation>
    </message>
</context>
<context>
    <name>MoneyMark</name>
    <message numerus="yes">
        <source>%n payment(s) unknown</source>
        <translation>
            <numerusform>%n 笔支付结果未知</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n paid late</source>
        <translation>
            <numerusform>%n 笔迟到付款</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exchange(s) not ended</source>
        <translation>
            <numerusform>%n 笔换票未完成</numerusform>
        </translation>
    </message>
    <message>
        <source>seats are held, hand nothing over; Alt Q shows them</source>
        <translation>座位已锁住，请勿交票；按 Alt Q 查看</translation>
    </message>
    <message>
        <source>hand over or refund; Alt Q shows them</source>
        <translation>请交票或退款；按 Alt Q 查看</translation>
    </message>
    <message>
        <source>their places are held; Alt Q shows them</source>
        <translation>新座位已占住；按 Alt Q 查看</translation>
    </message>
</context>
<context>
    <name>MoneyWords</name>
    <message>
        <source>Channels</source>
        <translation>各渠道</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} 至 {last}</translation>
    </message>
    <message numerus="yes">
        <source>%n exception(s) open</source>
        <translation>
            <numerusform>%n 笔差错未处理</numerusform>
        </translation>
    </message>
    <message>
        <source>no bill yet</source>
        <translation>还没有账单</translation>
    </message>
    <message>
        <source>day not over</source>
        <translation>当日未结束</translation>
    </message>
    <message>
        <source>explained</source>
        <translation>已说明</translation>
    </message>
    <message>
        <source>agrees</source>
        <translation>一致</translation>
    </message>
    <message>
        <source>{tender}: ledger {ours}, no bill yet</source>
        <translation>{tender}：账上 {ours}，还没有账单</translation>
    </message>
    <message>
        <source>{tender}: ledger {ours}, bill {theirs}</source>
        <translation>{tender}：账上 {ours}，账单 {theirs}</translation>
    </message>
    <message>
        <source>difference {amount}</source>
        <translation>差额 {amount}</translation>
    </message>
    <message>
        <source>Look at its exceptions; the day closes once each is explained.</source>
        <translation>先看差错；每笔都有说明后即可平账。</translation>
    </message>
    <message>
        <source>The day is not over. Companies write their bills the morning after.</source>
        <translation>当日还没结束。各家次日上午出账单。</translation>
    </message>
    <message>
        <source>Download the bill that is missing, and take it in (Alt F).</source>
        <translation>下载所缺的账单并导入（Alt F）。</translation>
    </message>
    <message>
        <source>The day is closed, and its statement is kept.</source>
        <translation>当日已平账，日报已存档。</translation>
    </message>
    <message>
        <source>Everything agrees or is explained: close the day.</source>
        <translation>全部相符或已说明：可以平账。</translation>
    </message>
    <message>
        <source>not whole, download it again: {why}</source>
        <translation>不完整，请重新下载：{why}</translation>
    </message>
    <message numerus="yes">
        <source>%n exception(s) to look at</source>
        <translation>
            <numerusform>%n 笔差错待处理</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exception(s), all explained</source>
        <translation>
            <numerusform>%n 笔差错，均已说明</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>agrees, %n row(s)</source>
        <translation>
            <numerusform>相符，%n 笔</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n transfer(s) booked</source>
        <translation>
            <numerusform>%n 笔转账已入账</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n came back</source>
        <translation>
            <numerusform>%n 笔被退回</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n refused</source>
        <translation>
            <numerusform>%n 笔被拒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) open</source>
        <translation>
            <numerusform>%n 个工单未处理</numerusform>
        </translation>
    </message>
    <message>
        <source>in hand at another window: {orders}; take the file in again later</source>
        <translation>{orders} 正由其他窗口处理；请稍后再导入此文件</translation>
    </message>
    <message>
        <source>nothing new for our transfers</source>
        <translation>没有与本方转账有关的新内容</translation>
    </message>
    <message>
        <source>It says: paid.</source>
        <translation>对方答复：已支付。</translation>
    </message>
    <message>
        <source>It says: the customer has not finished yet.</source>
        <translation>对方答复：顾客尚未完成。</translation>
    </message>
    <message>
        <source>It says: nothing was taken.</source>
        <translation>对方答复：未扣款。</translation>
    </message>
    <message>
        <source>It says: closed, no money moved in the end.</source>
        <translation>对方答复：已关闭，最终没有扣款。</translation>
    </message>
    <message>
        <source>It does not know this number.</source>
        <translation>对方查无此号。</translation>
    </message>
    <message>
        <source>It did not answer. Ask again later.</source>
        <translation>对方没有答复。请稍后再查。</translation>
    </message>
    <message>
        <source>It says: the money went back.</source>
        <translation>对方答复：款已退回。</translation>
    </message>
    <message>
        <source>It says: the money is on its way back.</source>
        <translation>对方答复：退款途中。</translation>
    </message>
    <message>
        <source>It says: this way back is dead. Order a transfer.</source>
        <translation>对方答复：无法原路退回。请安排转账。</translation>
    </message>
    <message>
        <source>It says: not taken on.</source>
        <translation>对方答复：未受理。</translation>
    </message>
    <message>
        <source>came back from the bank</source>
        <translation>被银行退回</translation>
    </message>
    <message>
        <source>refused by the bank</source>
        <translation>被银行拒绝</translation>
    </message>
    <message>
        <source>an account is wanted</source>
        <translation>需要收款账户</translation>
    </message>
    <message>
        <source>ordered, waits for the bank's file</source>
        <translation>已安排，待出银行文件</translation>
    </message>
    <message>
        <source>booked, arrived</source>
        <translation>已入账到账</translation>
    </message>
    <message>
        <source>in a file that was not written</source>
        <translation>在尚未写出的文件里</translation>
    </message>
    <message>
        <source>accepted by the bank</source>
        <translation>银行已受理</translation>
    </message>
    <message>
        <source>settled, says the bank; not booked yet</source>
        <translation>银行称已结算，尚未入账</translation>
    </message>
    <message>
        <source>with the bank, undecided</source>
        <translation>银行处理中</translation>
    </message>
    <message>
        <source>at the bank, no answer yet</source>
        <translation>已交银行，还没有回执</translation>
    </message>
</context>
<context>
    <name>MoveForm</name>
    <message>
        <source>Count the money together, then sign.</source>
        <translation>请两人一起点清，再签字。</translation>
    </message>
    <message>
        <source>Type the amount</source>
        <translation>请输入金额</translation>
    </message>
    <message>
        <source>The second person signs now</source>
        <translation>请授权人签字</translation>
    </message>
    <message>
        <source>Say what it is for</source>
        <translation>请写明用途</translation>
    </message>
    <message>
        <source>Pay in {amount}</source>
        <translation>存入 {amount}</translation>
    </message>
    <message>
        <source>Pay out {amount}</source>
        <translation>支出 {amount}</translation>
    </message>
    <message>
        <source>Drop {amount} into the safe</source>
        <translation>缴款 {amount} 入保险柜</translation>
    </message>
    <message>
        <source>Cash paid in</source>
        <translation>现金存入</translation>
    </message>
    <message>
        <source>Cash paid out</source>
        <translation>现金支出</translation>
    </message>
    <message>
        <source>Cash drop</source>
        <translation>缴款</translation>
    </message>
    <message>
        <source>Cash that comes into the drawer without a sale, such as change.</source>
        <translation>不是票款而放进钱箱的现金，例如零钱。</translation>
    </message>
    <message>
        <source>Cash that leaves the drawer without a refund. Keep the receipt.</source>
        <translation>不是退款而从钱箱拿出的现金。请留好凭据。</translation>
    </message>
    <message>
        <source>Large notes go to the safe. Two people count and sign.</source>
        <translation>大钞放进保险柜，两人清点并签字。</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>用途</translation>
    </message>
</context>
<context>
    <name>NamingReservation</name>
    <message>
        <source>document missing</source>
        <translation>缺证件</translation>
    </message>
</context>
<context>
    <name>Offer</name>
    <message>
        <source>Nothing more is sold at this window</source>
        <translation>本窗口不能再售票</translation>
    </message>
    <message>
        <source>Nothing is on sale</source>
        <translation>目前没有可售场次</translation>
    </message>
    <message>
        <source>Import a catalogue with main.py import, or choose another day.</source>
        <translation>请用 main.py import 导入场次，或换一天。</translation>
    </message>
</context>
<context>
    <name>OfflineBand</name>
    <message numerus="yes">
        <source>Central is back: sending %n change(s)…</source>
        <translation>
            <numerusform>已恢复连线：正在上报 %n 条变更…</numerusform>
        </translation>
    </message>
    <message>
        <source>Off line since {time}</source>
        <translation>{time} 起离线</translation>
    </message>
    <message>
        <source>: </source>
        <translation>：</translation>
    </message>
    <message numerus="yes">
        <source>only this computer knows of %n sale(s)</source>
        <translation>
            <numerusform>有 %n 笔销售仅存于本机</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n seat(s)</source>
        <translation>
            <numerusform>%n 个座位</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n 个不对号名额</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n order(s)</source>
        <translation>
            <numerusform>%n 个订单</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>printing and selling go on with {what} in hand</source>
        <translation>手中有 {what}，可继续售票和打印</translation>
    </message>
    <message>
        <source>printing goes on; nothing to sell is in hand here</source>
        <translation>可继续打印；本窗口手中没有可售的票</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) are not at central yet</source>
        <translation>
            <numerusform>%n 条变更尚未上报中央</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OpenMoneyPanel</name>
    <message>
        <source>order {number}</source>
        <translation>订单 {number}</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n 张票</numerusform>
        </translation>
    </message>
    <message>
        <source>being reversed</source>
        <translation>撤销中</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>结果未知</translation>
    </message>
    <message>
        <source>paid late</source>
        <translation>迟到付款</translation>
    </message>
    <message>
        <source>hand over or refund order {number}</source>
        <translation>请交票或退款：订单 {number}</translation>
    </message>
    <message>
        <source>Paid in part</source>
        <translation>已付部分款项</translation>
    </message>
    <message>
        <source>{left} to pay</source>
        <translation>还差 {left}</translation>
    </message>
    <message>
        <source>Exchange not ended</source>
        <translation>换票未完成</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) held</source>
        <translation>
            <numerusform>占住 %n 个座位</numerusform>
        </translation>
    </message>
    <message>
        <source>goes back soon</source>
        <translation>即将退回</translation>
    </message>
    <message>
        <source>asked to go back</source>
        <translation>已申请退回</translation>
    </message>
    <message>
        <source>on its way back</source>
        <translation>退回途中</translation>
    </message>
    <message>
        <source>on its way back, unknown</source>
        <translation>退回结果未知</translation>
    </message>
    <message>
        <source>Keep the old tickets</source>
        <translation>保留原票</translation>
    </message>
    <message>
        <source>Press again</source>
        <translation>再按一次</translation>
    </message>
    <message>
        <source>Give it up: reverse it</source>
        <translation>放弃并撤销</translation>
    </message>
    <message>
        <source>Its seats are held. Paid becomes an order to hand over; what is reversed goes back to the customer.</source>
        <translation>座位已锁住。付成的会变成待交票订单；撤销的钱会退给客人。</translation>
    </message>
    <message>
        <source>The money came after the customer was let go: the tickets are theirs.</source>
        <translation>客人离开后才到款：票归客人所有。</translation>
    </message>
    <message>
        <source>Take the rest, or give back what is here.</source>
        <translation>请收余款，或退还已收的款。</translation>
    </message>
    <message>
        <source>New places are held and the old tickets are good still. Go on with it, or keep the old tickets: what was paid for it goes back.</source>
        <translation>新座位已占住，原票仍然有效。请继续换票，或保留原票：已付的差价将退回。</translation>
    </message>
    <message>
        <source>The window follows it by itself.</source>
        <translation>窗口会自动跟进。</translation>
    </message>
    <message>
        <source>All payments are settled</source>
        <translation>所有支付都已了结</translation>
    </message>
    <message>
        <source>What is unknown, late, or on its way back is listed here.</source>
        <translation>结果未知、迟到或退回途中的款项会列在这里。</translation>
    </message>
</context>
<context>
    <name>OrderCard</name>
    <message>
        <source>pickup code {code}</source>
        <translation>取票码 {code}</translation>
    </message>
    <message>
        <source>sold at a window</source>
        <translation>窗口售出</translation>
    </message>
    <message>
        <source>Payments and refunds</source>
        <translation>收款与退款</translation>
    </message>
    <message>
        <source>What happened so far</source>
        <translation>办理经过</translation>
    </message>
    <message>
        <source>Order of {name}</source>
        <translation>{name} 的订单</translation>
    </message>
    <message>
        <source>Order {number}</source>
        <translation>订单 {number}</translation>
    </message>
    <message>
        <source>Reserved, to be paid</source>
        <translation>已预约，待支付</translation>
    </message>
    <message>
        <source>To be paid until {time}</source>
        <translation>待支付，保留到 {time}</translation>
    </message>
    <message>
        <source>Part paid</source>
        <translation>已付部分</translation>
    </message>
    <message>
        <source>Being exchanged</source>
        <translation>换票中</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>已退</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>已释放</translation>
    </message>
    <message>
        <source>{count} of {all} left</source>
        <translation>{all} 张中剩 {count} 张</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>已支付</translation>
    </message>
    <message>
        <source>not picked up</source>
        <translation>未取票</translation>
    </message>
    <message>
        <source>Paid by {tender}</source>
        <translation>{tender} 收款</translation>
    </message>
    <message>
        <source>Part paid by {tender}</source>
        <translation>{tender}部分付款</translation>
    </message>
    <message>
        <source>Voided: {place}</source>
        <translation>撤销：{place}</translation>
    </message>
    <message>
        <source>Exchanged: {place}</source>
        <translation>已换：{place}</translation>
    </message>
    <message>
        <source>Refunded: {place}</source>
        <translation>退票：{place}</translation>
    </message>
    <message>
        <source>the way it was paid</source>
        <translation>原路退回</translation>
    </message>
    <message>
        <source>requested from {channel}</source>
        <translation>已向{channel}申请退款</translation>
    </message>
    <message>
        <source>paid back by {channel}</source>
        <translation>{channel}退回</translation>
    </message>
    <message>
        <source>Back by {tender}</source>
        <translation>{tender}退回</translation>
    </message>
    <message>
        <source>fee {amount}</source>
        <translation>手续费 {amount}</translation>
    </message>
    <message>
        <source>sold by {channel}</source>
        <translation>{channel}售出</translation>
    </message>
    <message>
        <source>{amount} paid</source>
        <translation>已付 {amount}</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>已交票</translation>
    </message>
    <message>
        <source>{count} left of {all}</source>
        <translation>{all} 张中还有 {count} 张</translation>
    </message>
    <message>
        <source>Not picked up yet</source>
        <translation>未取票</translation>
    </message>
    <message>
        <source>Level {level}, seat follows</source>
        <translation>{level} 档，付款时定座</translation>
    </message>
    <message>
        <source>issue {number}</source>
        <translation>第 {number} 次出票</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>已预约</translation>
    </message>
    <message>
        <source>not paid</source>
        <translation>待支付</translation>
    </message>
    <message>
        <source>{time}, window {window}</source>
        <translation>{time} · {window}号窗</translation>
    </message>
    <message>
        <source>{amount} to be paid</source>
        <translation>待付 {amount}</translation>
    </message>
    <message>
        <source>Not paid yet</source>
        <translation>待付款</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>已释放</translation>
    </message>
    <message>
        <source>on sale again</source>
        <translation>已放回发售</translation>
    </message>
    <message>
        <source>Void</source>
        <translation>已作废</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>可出票</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>on {day}</source>
        <translation>{day}的票</translation>
    </message>
    <message>
        <source>{day} is over</source>
        <translation>{day}已过</translation>
    </message>
    <message>
        <source>Document checked</source>
        <translation>已核验</translation>
    </message>
    <message>
        <source>Check the proof of concession</source>
        <translation>请核对优惠凭证</translation>
    </message>
    <message>
        <source>Asked for at the gate</source>
        <translation>未出示，入场时核验</translation>
    </message>
    <message>
        <source>Document not shown yet</source>
        <translation>未出示证件</translation>
    </message>
</context>
<context>
    <name>OrdersPage</name>
    <message>
        <source>these passport lines</source>
        <translation>这两行护照码</translation>
    </message>
    <message numerus="yes">
        <source>Hand over %n ticket(s)</source>
        <translation>
            <numerusform>去交票 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>The tickets wait to be picked up.</source>
        <translation>票还没有取。</translation>
    </message>
    <message>
        <source>Choose what is to be done, or go back with Esc.</source>
        <translation>请选择要办的事，或按 Esc 返回。</translation>
    </message>
    <message>
        <source>Nothing is left to do with this order.</source>
        <translation>本单没有要办的事了。</translation>
    </message>
    <message>
        <source>Its time is over: the seats go back on sale.</source>
        <translation>预约已到期：座位将重新可售。</translation>
    </message>
    <message>
        <source>Reserved, not paid: take the money before the time is over.</source>
        <translation>已预约未付款：请在到期前收款。</translation>
    </message>
</context>
<context>
    <name>OrdersView</name>
    <message>
        <source>Number · code · phone · document · name · seat</source>
        <translation>单号 · 取票码 · 手机或尾号 · 证件 · 姓名或拼音 · 座位</translation>
    </message>
    <message>
        <source>What comes next</source>
        <translation>接下来</translation>
    </message>
    <message>
        <source>The marked order</source>
        <translation>选中的订单</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Open the order</source>
        <translation>打开订单</translation>
    </message>
    <message>
        <source>Open {number}</source>
        <translation>打开 {number}</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Nothing to be done here</source>
        <translation>没有可办的事</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Worked on last at this window</source>
        <translation>本窗口最近办理</translation>
    </message>
    <message>
        <source>The first {count} that fit {shown}; type more to narrow it down</source>
        <translation>符合“{shown}”的前 {count} 单，还有更多，请再输入几个字</translation>
    </message>
    <message numerus="yes">
        <source>%n order(s) fit {shown}</source>
        <translation>
            <numerusform>符合“{shown}”的订单 %n 单</numerusform>
        </translation>
    </message>
    <message>
        <source>the choice above</source>
        <translation>上面的筛选</translation>
    </message>
    <message>
        <source>Which order?</source>
        <translation>找哪一单？</translation>
    </message>
    <message>
        <source>Type or scan anything the customer has: number, pickup code, phone, document, name, seat. Results come as you type.</source>
        <translation>扫码或输入顾客手上的任何信息：单号、取票码、手机、证件、姓名、座位。边输入边出结果。</translation>
    </message>
    <message>
        <source>Nothing found for {text}</source>
        <translation>没有找到“{text}”</translation>
    </message>
    <message>
        <source>this choice</source>
        <translation>这个筛选</translation>
    </message>
    <message>
        <source>Check it with the customer, try something else, or take filters off.</source>
        <translation>请与顾客核对，换个条件再找，或去掉筛选。</translation>
    </message>
    <message>
        <source>Type or scan what the customer has</source>
        <translation>扫码或输入顾客手上的信息</translation>
    </message>
    <message>
        <source>Several words narrow it down: name and phone end</source>
        <translation>可以多写几个词缩小范围：姓名加手机尾号</translation>
    </message>
    <message>
        <source>Mark the order with the arrow keys</source>
        <translation>用上下键选中订单</translation>
    </message>
    <message>
        <source>Open it to refund, reprint or see its history</source>
        <translation>打开后可退票、补打、查看经过</translation>
    </message>
</context>
<context>
    <name>Overriding</name>
    <message>
        <source>Ask a supervisor</source>
        <translation>请主管授权</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Sell</source>
        <translation>售票</translation>
    </message>
    <message>
        <source>Pickup</source>
        <translation>取票</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>班次</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Play and rain</source>
        <translation>比赛与雨天</translation>
    </message>
    <message>
        <source>Money</source>
        <translation>对账</translation>
    </message>
    <message>
        <source>Central</source>
        <translation>中央</translation>
    </message>
    <message>
        <source>Setup</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>ParkedPanel</name>
    <message>
        <source>Basket {number}</source>
        <translation>第 {number} 单</translation>
    </message>
    <message>
        <source>begun at {time}</source>
        <translation>{time} 开单</translation>
    </message>
    <message>
        <source>its payment came to nothing</source>
        <translation>付款没有成功</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>No basket is parked</source>
        <translation>没有挂单</translation>
    </message>
    <message>
        <source>Park a basket to serve somebody else; its seats stay with it.</source>
        <translation>挂单后先接待别人，座位会保留。</translation>
    </message>
</context>
<context>
    <name>PayReservation</name>
    <message>
        <source>Take the money</source>
        <translation>收款出票</translation>
    </message>
    <message>
        <source>The sale stands. Look at the printer.</source>
        <translation>已售出，请查看打印机。</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) still wait to be paid</source>
        <translation>
            <numerusform>还有 %n 张待付</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) paid and handed over</source>
        <translation>
            <numerusform>%n 张已付款交票</numerusform>
        </translation>
    </message>
    <message>
        <source>Change to give</source>
        <translation>找零</translation>
    </message>
    <message>
        <source>Not known yet whether it was paid</source>
        <translation>还不知道是否付款成功</translation>
    </message>
    <message>
        <source>The reservation waits for its money again.</source>
        <translation>预约重新等待付款。</translation>
    </message>
    <message>
        <source>Goes back the way it came: {ways}.</source>
        <translation>原路退回：{ways}。</translation>
    </message>
    <message>
        <source>What was paid was given back</source>
        <translation>已付的钱已退回</translation>
    </message>
    <message>
        <source>Hand out of the drawer</source>
        <translation>从钱箱付给顾客</translation>
    </message>
    <message>
        <source>Press again</source>
        <translation>再按一次</translation>
    </message>
    <message>
        <source>Give all back</source>
        <translation>全部退还</translation>
    </message>
    <message>
        <source>{proof} · seen: Alt K</source>
        <translation>{proof} · 看过按 Alt K</translation>
    </message>
    <message>
        <source>Tick the tickets that are paid now</source>
        <translation>请勾选现在付款的票</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) still to scan</source>
        <translation>
            <numerusform>还差 %n 份证件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n proof(s) still to see</source>
        <translation>
            <numerusform>还有 %n 张凭证要查看</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PayingCodes</name>
    <message>
        <source>This customer is being charged already: wait for the answer.</source>
        <translation>正在向这位客人收款：请等待结果。</translation>
    </message>
    <message>
        <source>A payment code, and nothing to pay here. Nothing was charged.</source>
        <translation>这是付款码，但这里没有要付的款。没有扣款。</translation>
    </message>
    <message>
        <source>A payment code: go back to the basket first. Nothing was charged.</source>
        <translation>这是付款码：请先回到购物篮。没有扣款。</translation>
    </message>
    <message>
        <source>First: {missing}. Then scan the payment code again.</source>
        <translation>请先处理：{missing}。然后再扫付款码。</translation>
    </message>
    <message>
        <source>The basket is being changed: scan the payment code again.</source>
        <translation>购物篮正在变动：请再扫一次付款码。</translation>
    </message>
    <message>
        <source>A UnionPay code: let the card terminal read it.</source>
        <translation>这是银联付款码：请用刷卡终端扫码。</translation>
    </message>
    <message>
        <source>This window is not set up for {tender}. Nothing was charged.</source>
        <translation>本窗口没有开通{tender}。没有扣款。</translation>
    </message>
    <message>
        <source>Type how much is paid by this code first.</source>
        <translation>请先输入用这个码付多少。</translation>
    </message>
</context>
<context>
    <name>PickupGuide</name>
    <message>
        <source>Tick the tickets to hand over (Alt A ticks all)</source>
        <translation>请勾选要出的票（Alt A 全选）</translation>
    </message>
    <message>
        <source>Scan the document of the person picking up: any one of this order</source>
        <translation>请刷取票人的证件：本单任意一张即可</translation>
    </message>
    <message numerus="yes">
        <source>Reservation: %n ticket(s) not paid, waiting until {time}.</source>
        <translation>
            <numerusform>预约未付款：%n 张，保留到 {time}。</numerusform>
        </translation>
    </message>
    <message>
        <source>Take the money on the orders page (F6) before handing anything over.</source>
        <translation>请先到订单页（F6）收款，再交票。</translation>
    </message>
    <message>
        <source>This paper was replaced: its code is dead, the newer paper counts.</source>
        <translation>此票已补打：旧票码作废，以新票为准。</translation>
    </message>
    <message>
        <source>This ticket was voided: its code is dead. Keep the paper.</source>
        <translation>此票已撤销：票码作废，请收回纸质票。</translation>
    </message>
    <message>
        <source>This ticket was refunded: its code is dead. Keep the paper.</source>
        <translation>此票已退：票码作废，请收回纸质票。</translation>
    </message>
    <message>
        <source>This order has no valid ticket. Call a supervisor.</source>
        <translation>本单没有有效的票，请叫主管。</translation>
    </message>
    <message>
        <source>Already handed over at {time} at window {window}. Do not hand over again; call a supervisor if the visitor has no tickets.</source>
        <translation>已于 {time} 在 {window}号窗交票。不能再交；观众手里没有票时请叫主管。</translation>
    </message>
    <message>
        <source>Scan the pickup code or a document</source>
        <translation>扫取票码或刷证件</translation>
    </message>
    <message>
        <source>Or type order number, phone or name, then Enter</source>
        <translation>或输入订单号、手机、姓名，按 Enter</translation>
    </message>
    <message>
        <source>Print, and count the tickets with the visitor</source>
        <translation>出票，请取票人当面点清</translation>
    </message>
    <message>
        <source>Choose the right order from the list</source>
        <translation>从列表里选对订单</translation>
    </message>
    <message>
        <source>Not sure? Scan a document: F2</source>
        <translation>拿不准就刷证件：F2</translation>
    </message>
    <message>
        <source>Open it on the orders page: F6</source>
        <translation>到订单页打开：F6</translation>
    </message>
    <message>
        <source>Take the money; the tickets are printed with it</source>
        <translation>收款后随即出票</translation>
    </message>
    <message>
        <source>Show the visitor when and where it was handed over</source>
        <translation>告诉观众何时在哪个窗口交的票</translation>
    </message>
    <message>
        <source>Call a supervisor if they do not agree</source>
        <translation>观众有异议时请叫主管</translation>
    </message>
    <message>
        <source>Scan one document of this order</source>
        <translation>刷本单任意一张证件</translation>
    </message>
    <message>
        <source>Document of {name} checked</source>
        <translation>已核验 {name} 的证件</translation>
    </message>
    <message>
        <source>No document is needed</source>
        <translation>不需要证件</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) chosen</source>
        <translation>
            <numerusform>已选 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Tick the tickets to hand over</source>
        <translation>勾选要出的票</translation>
    </message>
    <message>
        <source>Look at the printer and answer above</source>
        <translation>看打印机，在上方选择</translation>
    </message>
    <message>
        <source>Count the tickets with the visitor</source>
        <translation>与观众当面点清票数</translation>
    </message>
    <message>
        <source>Next visitor: scan straight away</source>
        <translation>下一位：直接扫码</translation>
    </message>
    <message>
        <source>{time} ordered and paid, {channel}</source>
        <translation>{time} {channel} 下单并支付</translation>
    </message>
    <message>
        <source>{time} window {window} handed over {count}, {checked}</source>
        <translation>{time} {window}号窗交票 {count}，{checked}</translation>
    </message>
    <message>
        <source>document checked</source>
        <translation>已核验证件</translation>
    </message>
    <message>
        <source>by code</source>
        <translation>凭码</translation>
    </message>
    <message>
        <source>no document seen</source>
        <translation>未核验证件</translation>
    </message>
    <message>
        <source>{time} window {window} handed over {count}</source>
        <translation>{time} {window}号窗交票 {count}</translation>
    </message>
</context>
<context>
    <name>PickupPage</name>
    <message>
        <source>Document {document} belongs to no order. Check the document.</source>
        <translation>证件 {document} 不属于任何订单。请核对证件。</translation>
    </message>
    <message>
        <source>Document {document} is not of this order but of order {number}.</source>
        <translation>证件 {document} 不在本单，属于订单 {number}。</translation>
    </message>
    <message>
        <source>Open that order</source>
        <translation>打开那一单</translation>
    </message>
</context>
<context>
    <name>PickupView</name>
    <message>
        <source>Scan · pickup code · document · phone · name</source>
        <translation>扫码 · 取票码 · 证件 · 手机 · 姓名</translation>
    </message>
    <message>
        <source>What comes next</source>
        <translation>接下来</translation>
    </message>
    <message>
        <source>This order so far</source>
        <translation>本单经过</translation>
    </message>
    <message>
        <source>Picked up last</source>
        <translation>最近取走</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Not paid yet</source>
        <translation>待付款</translation>
    </message>
    <message>
        <source>Handed over before</source>
        <translation>已经交过票</translation>
    </message>
    <message numerus="yes">
        <source>Print %n and hand over</source>
        <translation>
            <numerusform>出 %n 张并交票</numerusform>
        </translation>
    </message>
    <message>
        <source>Tick tickets first</source>
        <translation>请先勾选票</translation>
    </message>
    <message>
        <source>None</source>
        <translation>全不选</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) handed over</source>
        <translation>
            <numerusform>已交 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Look at the printer: pages are in doubt</source>
        <translation>请看打印机：有票存疑</translation>
    </message>
    <message>
        <source>Count them with the visitor. The next one may scan straight away.</source>
        <translation>请当面点清。下一位可以直接扫码。</translation>
    </message>
    <message>
        <source>Next visitor</source>
        <translation>下一位</translation>
    </message>
    <message>
        <source>Print and hand over</source>
        <translation>出票并交票</translation>
    </message>
    <message>
        <source>Window {number}</source>
        <translation>{number}号窗</translation>
    </message>
    <message>
        <source>Hand-over</source>
        <translation>交接</translation>
    </message>
</context>
<context>
    <name>PickupWords</name>
    <message>
        <source>App</source>
        <translation>App</translation>
    </message>
    <message>
        <source>Web</source>
        <translation>网站</translation>
    </message>
    <message>
        <source>Agency</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>WeChat</source>
        <translation>微信</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Adult</source>
        <translation>成人</translation>
    </message>
    <message>
        <source>Concession</source>
        <translation>优惠</translation>
    </message>
    <message>
        <source>Child</source>
        <translation>儿童</translation>
    </message>
    <message>
        <source>Companion</source>
        <translation>陪同</translation>
    </message>
    <message>
        <source>Wheelchair</source>
        <translation>无障碍</translation>
    </message>
    <message>
        <source>Level {name}</source>
        <translation>{name}档</translation>
    </message>
    <message>
        <source>Unnumbered</source>
        <translation>不对号</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>打印中断</translation>
    </message>
    <message>
        <source>the printer did not take it</source>
        <translation>打印机没有接收</translation>
    </message>
    <message>
        <source>there is no such printer</source>
        <translation>没有这台打印机</translation>
    </message>
    <message>
        <source>the disk did not take it</source>
        <translation>磁盘写不进去</translation>
    </message>
</context>
<context>
    <name>PlaceChoice</name>
    <message>
        <source>Unnumbered</source>
        <translation>不对号</translation>
    </message>
    <message>
        <source>Where to (Alt S)</source>
        <translation>换到哪里（Alt S）</translation>
    </message>
    <message>
        <source>The best seats together, or zone-row-seat</source>
        <translation>最佳连座，或填 区-排-座</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>场次</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>档位</translation>
    </message>
</context>
<context>
    <name>PlacesView</name>
    <message>
        <source>Opens: {courts}</source>
        <translation>可入：{courts}</translation>
    </message>
    <message>
        <source>{count} left</source>
        <translation>余 {count}</translation>
    </message>
    <message>
        <source>Which ticket?</source>
        <translation>票种</translation>
    </message>
    <message>
        <source>How many? One press puts them into the basket.</source>
        <translation>要几张？按一下即放入本单。</translation>
    </message>
    <message>
        <source>Another number</source>
        <translation>其他张数</translation>
    </message>
    <message>
        <source>Take that many</source>
        <translation>取这么多张</translation>
    </message>
</context>
<context>
    <name>PlanForm</name>
    <message>
        <source>Pairs of seats</source>
        <translation>双连座</translation>
    </message>
    <message>
        <source>Three together</source>
        <translation>三连座</translation>
    </message>
    <message>
        <source>Four together</source>
        <translation>四连座</translation>
    </message>
    <message>
        <source>Places without numbers</source>
        <translation>不对号名额</translation>
    </message>
    <message>
        <source>Orders to pick up</source>
        <translation>待取订单</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>场次</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>档位</translation>
    </message>
    <message>
        <source>This is a wish. The window takes what it lacks and gives back what is too much by itself, while it is on line and a shift is open; nothing is taken from it.</source>
        <translation>这是一项请求：窗口在线且当班时，会自行补足所缺、退回多余；中央不会从窗口强行收回。</translation>
    </message>
</context>
<context>
    <name>PlansPart</name>
    <message>
        <source>Allotments</source>
        <translation>配票</translation>
    </message>
    <message>
        <source>Ask a window to hold</source>
        <translation>请窗口保管</translation>
    </message>
    <message>
        <source>not planned: in baskets, or going back</source>
        <translation>未列入计划：在购票单中，或正在退回</translation>
    </message>
    <message>
        <source>held / planned</source>
        <translation>已保管 / 计划</translation>
    </message>
    <message numerus="yes">
        <source>%n pair(s)</source>
        <translation>
            <numerusform>双连座 %n 组</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n three(s)</source>
        <translation>
            <numerusform>三连座 %n 组</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n four(s)</source>
        <translation>
            <numerusform>四连座 %n 组</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n 个不对号名额</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n order(s)</source>
        <translation>
            <numerusform>%n 个订单</numerusform>
        </translation>
    </message>
    <message>
        <source>Ask {window}</source>
        <translation>向{window}发出请求</translation>
    </message>
    <message>
        <source>Central is out of reach: wait for it</source>
        <translation>中央断线，请等待恢复</translation>
    </message>
    <message>
        <source>Change a figure above</source>
        <translation>请先修改上面的数字</translation>
    </message>
    <message>
        <source>Asked: {window} answers as it can</source>
        <translation>已发出请求，{window}会尽快办理</translation>
    </message>
    <message>
        <source>Nothing is allotted</source>
        <translation>尚未配票</translation>
    </message>
    <message>
        <source>What windows hold ahead of time they can sell while the network is away. Choose a window and a session on the right.</source>
        <translation>配给窗口的座位和名额断网时也能出售。请在右侧选择窗口和场次。</translation>
    </message>
</context>
<context>
    <name>PlayPart</name>
    <message>
        <source>Play</source>
        <translation>比赛</translation>
    </message>
    <message>
        <source>See what the rules say</source>
        <translation>看规则怎么说</translation>
    </message>
    <message>
        <source>Take away: {kind}</source>
        <translation>去掉：{kind}</translation>
    </message>
    <message>
        <source>Correct: {kind}</source>
        <translation>更正：{kind}</translation>
    </message>
    <message>
        <source>Record: {kind}</source>
        <translation>记录：{kind}</translation>
    </message>
    <message>
        <source>Recorded: {kind}</source>
        <translation>已记录：{kind}</translation>
    </message>
    <message>
        <source>Record of matches</source>
        <translation>比赛记录</translation>
    </message>
    <message>
        <source>Tables (*.csv *.xlsx)</source>
        <translation>表格 (*.csv *.xlsx)</translation>
    </message>
    <message>
        <source>Correct it</source>
        <translation>更正选中的</translation>
    </message>
    <message>
        <source>Take it away</source>
        <translation>去掉选中的</translation>
    </message>
    <message>
        <source>Back to recording</source>
        <translation>回到记录</translation>
    </message>
    <message>
        <source>Import a file of matches</source>
        <translation>导入比赛记录文件</translation>
    </message>
    <message>
        <source>Nothing was recorded on this court</source>
        <translation>这块场地还没有记录</translation>
    </message>
    <message>
        <source>Choose on the right what happened, then press F8. Matches may be imported.</source>
        <translation>在右侧选择发生了什么，再按 F8。比赛可从文件导入。</translation>
    </message>
</context>
<context>
    <name>QuoteSums</name>
    <message>
        <source>Paid</source>
        <translation>票款</translation>
    </message>
    <message>
        <source>Fee kept</source>
        <translation>扣手续费</translation>
    </message>
    <message>
        <source>Cash back</source>
        <translation>退现金</translation>
    </message>
    <message>
        <source>Asked of {channel}</source>
        <translation>由{channel}退回</translation>
    </message>
    <message>
        <source>It was paid there: hand out no cash. {channel} pays it back.</source>
        <translation>原渠道支付：本窗口不付现金，由{channel}原路退回。</translation>
    </message>
    <message>
        <source>Refund</source>
        <translation>退票</translation>
    </message>
    <message numerus="yes">
        <source>Return %n, nothing to pay back</source>
        <translation>
            <numerusform>退 %n 张 · 无须退款</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Refund %n · hand out {amount}</source>
        <translation>
            <numerusform>退 %n 张 · 退现 {amount}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Return %n · ask {channel} for {amount}</source>
        <translation>
            <numerusform>退 %n 张 · 向{channel}申请退 {amount}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Refund %n · {cash} cash, {amount} from {channel}</source>
        <translation>
            <numerusform>退 %n 张 · 退现 {cash}，{channel}退 {amount}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RainPage</name>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
</context>
<context>
    <name>RainWords</name>
    <message>
        <source>not begun</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>playing</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>suspended</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message numerus="yes">
        <source>%n match(es) completed</source>
        <translation>
            <numerusform>打完 %n 场</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min played</source>
        <translation>
            <numerusform>打了 %n 分钟</numerusform>
        </translation>
    </message>
    <message>
        <source>the ledger is at odds</source>
        <translation>记录自相矛盾</translation>
    </message>
    <message>
        <source>Play began</source>
        <translation>开打</translation>
    </message>
    <message>
        <source>Suspended</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>Resumed</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Play ended</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Match</source>
        <translation>一场比赛</translation>
    </message>
    <message>
        <source>not played</source>
        <translation>没打</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>打完</translation>
    </message>
    <message>
        <source>broken off</source>
        <translation>中断未完</translation>
    </message>
    <message>
        <source>Nobody decided</source>
        <translation>未决定</translation>
    </message>
    <message>
        <source>Counts as held</source>
        <translation>视为已举行</translation>
    </message>
    <message>
        <source>Part refund</source>
        <translation>退一部分</translation>
    </message>
    <message>
        <source>Full refund</source>
        <translation>全额退款</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>换场次</translation>
    </message>
    <message>
        <source>Rain</source>
        <translation>下雨</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>改期</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>by the rules</source>
        <translation>按规则</translation>
    </message>
    <message>
        <source>Policy {name}</source>
        <translation>规则 {name}</translation>
    </message>
    <message>
        <source>since {day}</source>
        <translation>{day} 起</translation>
    </message>
    <message>
        <source>held from {threshold}</source>
        <translation>{threshold}即视为已举行</translation>
    </message>
    <message>
        <source>{share} from {threshold}</source>
        <translation>{threshold}退 {share}</translation>
    </message>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n 场比赛</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
    <message>
        <source>over {time}</source>
        <translation>超过 {time}</translation>
    </message>
    <message>
        <source> and </source>
        <translation>且</translation>
    </message>
    <message>
        <source> or </source>
        <translation>或</translation>
    </message>
    <message>
        <source>matches {count}</source>
        <translation>打完 {count} 场</translation>
    </message>
    <message>
        <source>minutes {count}</source>
        <translation>打了 {count} 分钟</translation>
    </message>
    <message>
        <source>breaks counted</source>
        <translation>含中断时间</translation>
    </message>
    <message numerus="yes">
        <source>average of %n court(s)</source>
        <translation>
            <numerusform>%n 块场地平均</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>best of %n court(s)</source>
        <translation>
            <numerusform>%n 块场地取最多</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>each of %n court(s)</source>
        <translation>
            <numerusform>%n 块场地取最少</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>sum of %n court(s)</source>
        <translation>
            <numerusform>%n 块场地合计</numerusform>
        </translation>
    </message>
    <message>
        <source>enough matches</source>
        <translation>场次够了</translation>
    </message>
    <message>
        <source>enough minutes</source>
        <translation>时间够了</translation>
    </message>
    <message>
        <source>it began in time</source>
        <translation>按时开始</translation>
    </message>
    <message>
        <source>it did not begin in time</source>
        <translation>没有按时开始</translation>
    </message>
    <message>
        <source>too little was played</source>
        <translation>打得太少</translation>
    </message>
    <message>
        <source>Play may still go on: record its end first.</source>
        <translation>比赛可能还会继续：请先记录结束。</translation>
    </message>
    <message>
        <source>Nothing is in the play ledger: record what was played.</source>
        <translation>还没有比赛记录：请先记录打了什么。</translation>
    </message>
    <message>
        <source>Some tickets have no rain rule: two people decide.</source>
        <translation>有的票没有雨天规则：由两人决定。</translation>
    </message>
</context>
<context>
    <name>ReachPart</name>
    <message>
        <source>Cut off</source>
        <translation>断网预估</translation>
    </message>
    <message>
        <source>How far it would reach</source>
        <translation>断网能撑多久</translation>
    </message>
    <message>
        <source>holds {count}, together at most {largest} now</source>
        <translation>保管 {count}，目前最多 {largest} 人连座</translation>
    </message>
    <message numerus="yes">
        <source>after %n hour(s)</source>
        <translation>
            <numerusform>%n 小时后</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n party(s) come meanwhile</source>
        <translation>
            <numerusform>期间约来 %n 批顾客</numerusform>
        </translation>
    </message>
    <message>
        <source>usual figures</source>
        <translation>按通常数字</translation>
    </message>
    <message>
        <source>Cut off for</source>
        <translation>断网</translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n 小时</numerusform>
        </translation>
    </message>
    <message>
        <source>What it says</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>The largest party that could still sit together at each window, if the network went away now.</source>
        <translation>若此刻断网，各窗口届时仍能安排连座的最多人数。</translation>
    </message>
    <message>
        <source>How it is reckoned</source>
        <translation>如何计算</translation>
    </message>
    <message>
        <source>With what the window holds now, and with parties as they came to it in the last three days.</source>
        <translation>按窗口目前保管的数量，以及最近三天到该窗口购票的人数。</translation>
    </message>
    <message>
        <source>Where none came, with usual figures: twenty parties an hour, half of them two people.</source>
        <translation>没有销售记录时按通常数字：每小时二十批，其中一半为两人。</translation>
    </message>
    <message>
        <source>No window holds anything ahead of time</source>
        <translation>没有窗口持有配票</translation>
    </message>
    <message>
        <source>Without the network windows could sell nothing. Ask them to hold some.</source>
        <translation>断网后各窗口将无票可售，请先给窗口配票。</translation>
    </message>
</context>
<context>
    <name>RefundAct</name>
    <message>
        <source>Refund</source>
        <translation>退票</translation>
    </message>
    <message>
        <source>That is no ticket of this order.</source>
        <translation>这不是本单的票。</translation>
    </message>
    <message>
        <source>That code is dead: it was refunded or printed again.</source>
        <translation>该票码已失效：已退票或已补打。</translation>
    </message>
    <message numerus="yes">
        <source>%n paper ticket(s) taken back (Alt K)</source>
        <translation>
            <numerusform>已收回 %n 张纸质票（Alt K）</numerusform>
        </translation>
    </message>
    <message>
        <source>All tickets</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Take the paper tickets back, or scan them, and confirm it.</source>
        <translation>请收回（或逐张扫描）纸质票并勾选确认。</translation>
    </message>
    <message>
        <source>The drawer may hold too little cash: look before you promise it.</source>
        <translation>钱箱现金可能不足：请先看一眼再答应付现。</translation>
    </message>
    <message>
        <source>Tick the tickets that come back (Alt A: all).</source>
        <translation>请勾选要退的票（Alt A 全选）。</translation>
    </message>
    <message>
        <source>Nothing of this order can be refunded.</source>
        <translation>本单没有可退的票。</translation>
    </message>
</context>
<context>
    <name>ReleaseReservation</name>
    <message>
        <source>Let the reservation go</source>
        <translation>释放预约</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) are on sale again</source>
        <translation>
            <numerusform>%n 张已放回发售</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Let %n ticket(s) go</source>
        <translation>
            <numerusform>释放 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Tick the tickets that go back to sale</source>
        <translation>请勾选要释放的票</translation>
    </message>
    <message>
        <source>Say why: press a reason, or type one</source>
        <translation>请说明原因：点一个，或自己输入</translation>
    </message>
    <message>
        <source>Why does it go?</source>
        <translation>为什么释放？</translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation>其他原因</translation>
    </message>
    <message>
        <source>The customer cancelled</source>
        <translation>顾客取消</translation>
    </message>
    <message>
        <source>Reserved twice</source>
        <translation>重复预约</translation>
    </message>
    <message>
        <source>Typed wrong</source>
        <translation>录入有误</translation>
    </message>
</context>
<context>
    <name>ReportWords</name>
    <message numerus="yes">
        <source>and %n more line(s)</source>
        <translation>
            <numerusform>还有 %n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>refused: %n line(s) are wrong</source>
        <translation>
            <numerusform>未导入：%n 行有误</numerusform>
        </translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>not {value}; {expected}</source>
        <translation>不改为 {value}；{expected}</translation>
    </message>
    <message>
        <source>Line {line}</source>
        <translation>第 {line} 行</translation>
    </message>
    <message>
        <source>empty; expected {expected}</source>
        <translation>空；应为 {expected}</translation>
    </message>
    <message>
        <source>{value}; expected {expected}</source>
        <translation>{value}；应为 {expected}</translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>新增 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>修改 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unchanged</source>
        <translation>
            <numerusform>未变 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) refused</source>
        <translation>
            <numerusform>%n 行不能修改</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n order(s) left out</source>
        <translation>
            <numerusform>%n 个订单未导入</numerusform>
        </translation>
    </message>
    <message>
        <source>columns left out: {names}</source>
        <translation>未识别的列：{names}</translation>
    </message>
</context>
<context>
    <name>ReprintAct</name>
    <message>
        <source>Print again</source>
        <translation>补打</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>The reason, in a few words</source>
        <translation>请简要说明原因</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>票面破损</translation>
    </message>
    <message>
        <source>Badly printed</source>
        <translation>打印不清</translation>
    </message>
    <message>
        <source>Lost, document seen</source>
        <translation>遗失，已核对证件</translation>
    </message>
    <message>
        <source>DUPLICATE stands on the new paper; the old code is dead.</source>
        <translation>新票印有“补打票 DUPLICATE”，旧票码作废。</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) printed again</source>
        <translation>
            <numerusform>已补打 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Look at the printer: pages are in doubt</source>
        <translation>请查看打印机：可能未打出</translation>
    </message>
    <message>
        <source>Keep the old paper if it is here: it admits nobody any more.</source>
        <translation>旧票如在手请收回：已不能入场。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message numerus="yes">
        <source>Print %n again</source>
        <translation>
            <numerusform>补打 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Tick the tickets to print again.</source>
        <translation>请勾选要补打的票。</translation>
    </message>
    <message>
        <source>Say why: press a reason or type one.</source>
        <translation>请选择或填写原因。</translation>
    </message>
    <message>
        <source>issue {number}</source>
        <translation>第 {number} 次出票</translation>
    </message>
</context>
<context>
    <name>ReservationAct</name>
    <message>
        <source>All tickets</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>ReservePanel</name>
    <message>
        <source>The session begins too soon to wait. Take the money now.</source>
        <translation>离开场太近，不能预约。请直接收款。</translation>
    </message>
    <message>
        <source>Type a name or a phone to find it by</source>
        <translation>请填姓名或手机号，凭此查找</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n 小时</numerusform>
        </translation>
    </message>
    <message>
        <source>No later: the session begins soon after</source>
        <translation>已到最晚：之后不久开场</translation>
    </message>
    <message>
        <source>By level: nobody is told the seats before they are paid for</source>
        <translation>按票档留座：付款前不告知座位号，可以调换</translation>
    </message>
    <message>
        <source>These seats stay as they are chosen</source>
        <translation>保留所选的这些座位</translation>
    </message>
    <message>
        <source>Who is it for?</source>
        <translation>为谁预约？</translation>
    </message>
    <message>
        <source>How long does it wait?</source>
        <translation>留多久？</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>手机号</translation>
    </message>
    <message>
        <source>To be paid before</source>
        <translation>付款截止</translation>
    </message>
    <message>
        <source>Seats may be swapped</source>
        <translation>按票档，座位可调换</translation>
    </message>
</context>
<context>
    <name>ReservedPanel</name>
    <message>
        <source>Reservation code</source>
        <translation>预约码</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s), to be paid before</source>
        <translation>
            <numerusform>%n 张，付款截止</numerusform>
        </translation>
    </message>
    <message>
        <source>Give the slip to the customer. Any window takes the money for it.</source>
        <translation>请把预约单交给顾客，任一窗口都可付款取票。</translation>
    </message>
    <message>
        <source>Order number {number}</source>
        <translation>订单号 {number}</translation>
    </message>
    <message>
        <source>Printing the slip…</source>
        <translation>正在打印预约单…</translation>
    </message>
    <message>
        <source>The slip may not have been printed</source>
        <translation>预约单可能没有打出</translation>
    </message>
    <message>
        <source>The slip is printed</source>
        <translation>预约单已打印</translation>
    </message>
    <message>
        <source>The reservation stands. Write the code down for the customer.</source>
        <translation>预约有效，请把预约码抄给顾客。</translation>
    </message>
</context>
<context>
    <name>Reserving</name>
    <message>
        <source>Reservation {number}: the slip may not have been printed.</source>
        <translation>预约 {number}：预约单可能没有打出。</translation>
    </message>
</context>
<context>
    <name>ResultRows</name>
    <message>
        <source>{seat} and {count} more</source>
        <translation>{seat} 另 {count} 张</translation>
    </message>
    <message>
        <source>attendee {name}</source>
        <translation>观赛人 {name}</translation>
    </message>
    <message>
        <source>Unnumbered</source>
        <translation>不对号</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>已预约</translation>
    </message>
    <message>
        <source>over since {time}</source>
        <translation>{time} 已到期</translation>
    </message>
    <message>
        <source>To be paid</source>
        <translation>待支付</translation>
    </message>
    <message>
        <source>until {time}</source>
        <translation>保留到 {time}</translation>
    </message>
    <message>
        <source>{count} of {all} left</source>
        <translation>{all} 张中剩 {count} 张</translation>
    </message>
    <message>
        <source>Not picked up</source>
        <translation>未取票</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>已交票</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>已退</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>已释放</translation>
    </message>
</context>
<context>
    <name>ReturnAct</name>
    <message>
        <source>A second person signs above.</source>
        <translation>请授权人在上方签名。</translation>
    </message>
    <message>
        <source>To the approval</source>
        <translation>去授权</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>ReturnEnd</name>
    <message numerus="yes">
        <source>%n ticket(s) voided</source>
        <translation>
            <numerusform>已撤销 %n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) refunded</source>
        <translation>
            <numerusform>已退 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Their codes are dead. The customer signs the slip.</source>
        <translation>票码已失效。请顾客在退票单上签字。</translation>
    </message>
    <message>
        <source>Asked of {channel}: {amount}. Hand out no cash for it.</source>
        <translation>已向{channel}申请退款 {amount}，本窗口不付现金。</translation>
    </message>
    <message>
        <source>Look at the printer: the slip is in doubt</source>
        <translation>请查看打印机：退票单可能未打出</translation>
    </message>
    <message>
        <source>Hand out of the drawer</source>
        <translation>请从钱箱付给顾客</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) voided, {amount} back</source>
        <translation>
            <numerusform>已撤销 %n 张，退 {amount}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) refunded, {amount} back</source>
        <translation>
            <numerusform>已退 %n 张，退 {amount}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReturnWords</name>
    <message>
        <source>fee {amount}</source>
        <translation>手续费 {amount}</translation>
    </message>
    <message>
        <source>policy {name}</source>
        <translation>政策 {name}</translation>
    </message>
    <message>
        <source>{clause} (until {time})</source>
        <translation>{clause}（至 {time}）</translation>
    </message>
    <message>
        <source>the time for refunds is over</source>
        <translation>已过退票时间</translation>
    </message>
    <message>
        <source>no refund at this time</source>
        <translation>此时段不予退票</translation>
    </message>
    <message>
        <source>complimentary</source>
        <translation>赠票</translation>
    </message>
    <message>
        <source>its buyer had a refund before</source>
        <translation>购票人此前已退过票</translation>
    </message>
    <message>
        <source>returned before</source>
        <translation>已退</translation>
    </message>
    <message>
        <source>not paid</source>
        <translation>未支付</translation>
    </message>
    <message>
        <source>only the whole order</source>
        <translation>仅限整单退</translation>
    </message>
    <message>
        <source>paid by the run, without a fee</source>
        <translation>统一退款，不收手续费</translation>
    </message>
    <message>
        <source>no policy for its day of sale</source>
        <translation>售票日无退票政策</translation>
    </message>
    <message>
        <source>sold by a channel: refund it instead</source>
        <translation>渠道订单：请走退票</translation>
    </message>
    <message>
        <source>not handed over yet</source>
        <translation>尚未取票</translation>
    </message>
    <message>
        <source>More than {amount} goes back for this order.</source>
        <translation>本单退款超过 {amount}。</translation>
    </message>
    <message>
        <source>The gates are open: was the ticket used?</source>
        <translation>已开闸：请确认该票未入场。</translation>
    </message>
    <message>
        <source>This computer's clock is in doubt, and the sum depends on the time.</source>
        <translation>本机时钟存疑，而金额取决于时间。</translation>
    </message>
    <message>
        <source>It was sold in another shift.</source>
        <translation>该票在其他班次售出。</translation>
    </message>
    <message numerus="yes">
        <source>It was sold more than %n minute(s) ago.</source>
        <translation>
            <numerusform>售出已超过 %n 分钟。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RevealAct</name>
    <message>
        <source>Show in clear</source>
        <translation>查看明文</translation>
    </message>
    <message>
        <source>Personal data is hidden again</source>
        <translation>个人信息已重新隐藏</translation>
    </message>
    <message>
        <source>Buyer: {name}</source>
        <translation>购票人：{name}</translation>
    </message>
    <message>
        <source>Phone: {phone}</source>
        <translation>手机：{phone}</translation>
    </message>
    <message>
        <source>Hidden again in {seconds} s</source>
        <translation>{seconds} 秒后隐藏</translation>
    </message>
    <message>
        <source>Hide now</source>
        <translation>立即隐藏</translation>
    </message>
    <message>
        <source>Show for {seconds} seconds</source>
        <translation>显示 {seconds} 秒</translation>
    </message>
    <message>
        <source>Give a reason first</source>
        <translation>请先写明原因</translation>
    </message>
    <message>
        <source>Names, phone and documents of this order in clear.</source>
        <translation>显示本单的姓名、手机和证件明文。</translation>
    </message>
    <message>
        <source>Your number, the time and the reason go on record; the data does not.</source>
        <translation>会记录工号、时间和原因，不记录明文本身。</translation>
    </message>
    <message>
        <source>Visitor has no proof at hand</source>
        <translation>观众手上没有凭证</translation>
    </message>
    <message>
        <source>Name or document to be compared</source>
        <translation>需要核对姓名或证件</translation>
    </message>
    <message>
        <source>Visitor has to be called</source>
        <translation>需要联系观众</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>为什么要看？</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>ReviewsPart</name>
    <message numerus="yes">
        <source>%n review(s)</source>
        <translation>
            <numerusform>待复核 %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Reviews</source>
        <translation>复核</translation>
    </message>
    <message>
        <source>Order {number}</source>
        <translation>订单 {number}</translation>
    </message>
    <message>
        <source>refused {time}</source>
        <translation>{time} 被拒</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n 张票</numerusform>
        </translation>
    </message>
    <message>
        <source>The money stands in the journal, and the order is kept whole.</source>
        <translation>款项已记入流水，订单完整保留。</translation>
    </message>
    <message>
        <source>It is settled at {window}: sign in there, and open this page.</source>
        <translation>须在{window}处理：请到该窗口登录并打开本页。</translation>
    </message>
    <message>
        <source>What central has counts. Tell the visitors, and see to their money by hand.</source>
        <translation>以中央记录为准。请告知观众，并人工处理款项。</translation>
    </message>
    <message>
        <source>What was in the way is gone: this window reports the order once more.</source>
        <translation>障碍已消除：本窗将再次上报该订单。</translation>
    </message>
    <message>
        <source>Settle this order</source>
        <translation>了结此订单</translation>
    </message>
    <message>
        <source>Central is out of reach: wait for it</source>
        <translation>中央断线，请等待恢复</translation>
    </message>
    <message>
        <source>Choose how it ends</source>
        <translation>请选择处理结果</translation>
    </message>
    <message>
        <source>Say why: press a reason, or type one</source>
        <translation>请说明原因：点一个，或自己输入</translation>
    </message>
    <message>
        <source>A second person signs</source>
        <translation>请第二人签认</translation>
    </message>
    <message>
        <source>Settled: {order}</source>
        <translation>已了结：{order}</translation>
    </message>
    <message>
        <source>How it ends</source>
        <translation>处理结果</translation>
    </message>
    <message>
        <source>Central's records stand</source>
        <translation>以中央记录为准</translation>
    </message>
    <message>
        <source>Report it again</source>
        <translation>再次上报</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation>其他原因</translation>
    </message>
    <message>
        <source>Other seats were given</source>
        <translation>已换给其他座位</translation>
    </message>
    <message>
        <source>The money was given back</source>
        <translation>款项已退还</translation>
    </message>
    <message>
        <source>Nothing waits for review</source>
        <translation>没有待复核的订单</translation>
    </message>
    <message>
        <source>Central took every order that was reported. What it cannot take is kept here until somebody settles it.</source>
        <translation>中央已接收全部上报的订单。无法接收的会保留在此，直到有人处理。</translation>
    </message>
</context>
<context>
    <name>RunPart</name>
    <message>
        <source>Paying back</source>
        <translation>退款</translation>
    </message>
    <message>
        <source>Dry run</source>
        <translation>试算</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n 张票</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n order(s) must come in person</source>
        <translation>
            <numerusform>%n 个订单须到场领款</numerusform>
        </translation>
    </message>
    <message>
        <source>goes back the way it came, by itself</source>
        <translation>自动原路退回</translation>
    </message>
    <message>
        <source>the channel is asked to pay it back</source>
        <translation>请渠道退回</translation>
    </message>
    <message>
        <source>window {window} has it</source>
        <translation>在窗口 {window} 手中</translation>
    </message>
    <message>
        <source>money for it is under way</source>
        <translation>有款在途</translation>
    </message>
    <message>
        <source>nobody decided for a ticket of it</source>
        <translation>其中有票尚无决定</translation>
    </message>
    <message>
        <source>Order {number}</source>
        <translation>订单 {number}</translation>
    </message>
    <message>
        <source>left for later</source>
        <translation>留待以后</translation>
    </message>
    <message>
        <source>Paid back</source>
        <translation>已退</translation>
    </message>
    <message>
        <source>To pay back</source>
        <translation>应退</translation>
    </message>
    <message>
        <source>Nothing to pay back</source>
        <translation>没有可退的款</translation>
    </message>
    <message>
        <source>Decide first what the tickets of this session bring (Alt D).</source>
        <translation>请先决定本场次的票怎么处理（Alt D）。</translation>
    </message>
    <message>
        <source>The run is not finished</source>
        <translation>退款尚未完成</translation>
    </message>
    <message>
        <source>Go on with it: what is left is paid back then.</source>
        <translation>请继续：剩下的随后退回。</translation>
    </message>
    <message>
        <source>All is paid back</source>
        <translation>全部已退</translation>
    </message>
    <message>
        <source>Who paid in cash or at the other terminal must come for it (Alt N).</source>
        <translation>现金或单机 POS 付款的须到场领取（Alt N）。</translation>
    </message>
    <message numerus="yes">
        <source>%n order(s)</source>
        <translation>
            <numerusform>%n 个订单</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) paid back</source>
        <translation>
            <numerusform>已退 %n 张票</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n order(s) left</source>
        <translation>
            <numerusform>还有 %n 个订单</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n order(s) with money under way: later</source>
        <translation>
            <numerusform>%n 个订单有款在途：稍后处理</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n order(s) paid in part: settle them by hand</source>
        <translation>
            <numerusform>%n 个订单只付了一部分：请人工处理</numerusform>
        </translation>
    </message>
    <message>
        <source>Pausing</source>
        <translation>正在暂停</translation>
    </message>
    <message>
        <source>The batch that was begun is ended first</source>
        <translation>先做完已开始的一批</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Go on with the run</source>
        <translation>继续退款</translation>
    </message>
    <message>
        <source>Who must come</source>
        <translation>谁须到场</translation>
    </message>
    <message>
        <source>Pay back {sum}</source>
        <translation>退款 {sum}</translation>
    </message>
    <message>
        <source>A second person signs</source>
        <translation>请第二人签字</translation>
    </message>
    <message>
        <source>the run is not finished: go on with it</source>
        <translation>退款尚未完成，请继续</translation>
    </message>
    <message>
        <source>This session</source>
        <translation>本场次</translation>
    </message>
    <message>
        <source>These accounts have to hold</source>
        <translation>账户余额须不少于</translation>
    </message>
    <message>
        <source>Mind</source>
        <translation>注意</translation>
    </message>
</context>
<context>
    <name>SeatMap</name>
    <message>
        <source>Choose a session: its seats appear here.</source>
        <translation>请选场次，座位图显示在这里。</translation>
    </message>
    <message>
        <source>Arrow keys choose a seat, Enter takes it, + and - zoom, 0 shows the whole court.</source>
        <translation>方向键选座，Enter 取座，+ 和 - 缩放，0 看全场。</translation>
    </message>
    <message>
        <source>Seat map</source>
        <translation>座位图</translation>
    </message>
    <message>
        <source>All</source>
        <comment>the whole court, on a small button</comment>
        <translation>全场</translation>
    </message>
    <message>
        <source>Nearer (+)</source>
        <translation>放大（+）</translation>
    </message>
    <message>
        <source>Farther (-)</source>
        <translation>缩小（-）</translation>
    </message>
    <message>
        <source>Whole court (0)</source>
        <translation>全场（0）</translation>
    </message>
</context>
<context>
    <name>SellPage</name>
    <message>
        <source>Choose a price level first: press one below the map, or Alt V.</source>
        <translation>请先选票档：点图下方的票档，或按 Alt V。</translation>
    </message>
    <message>
        <source>The time for these seats is over. Take the money now, or clear them.</source>
        <translation>锁座时间已到：请马上收款，或清空本单。</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
</context>
<context>
    <name>SellSide</name>
    <message>
        <source>Reserve</source>
        <translation>预约</translation>
    </message>
    <message>
        <source>Group list</source>
        <translation>团体名单</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>取单</translation>
    </message>
    <message>
        <source>Press again</source>
        <translation>再按一次清空</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Buyer {who}</source>
        <translation>购票人 {who}</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>应收</translation>
    </message>
    <message>
        <source>Park</source>
        <translation>挂单</translation>
    </message>
    <message>
        <source>Buyer</source>
        <translation>购票人</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Give it up</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Give all back</source>
        <translation>全部退还</translation>
    </message>
    <message>
        <source>Still to pay</source>
        <translation>还需支付</translation>
    </message>
    <message>
        <source>Or scan the customer's payment code: it is charged at once.</source>
        <translation>也可直接扫客人的付款码，立即收款。</translation>
    </message>
    <message>
        <source>Buyer, if they want to be known</source>
        <translation>购票人（可不填）</translation>
    </message>
    <message>
        <source>Name of the buyer</source>
        <translation>购票人姓名</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>Park this basket: Enter</source>
        <translation>挂单：按 Enter</translation>
    </message>
    <message>
        <source>A word to know it by (may stay empty)</source>
        <translation>备注（可不填）</translation>
    </message>
</context>
<context>
    <name>SessionsBar</name>
    <message>
        <source>{count} left</source>
        <translation>余 {count}</translation>
    </message>
    <message>
        <source>{time} start</source>
        <translation>{time} 开赛</translation>
    </message>
    <message>
        <source>session</source>
        <translation>换场</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
</context>
<context>
    <name>Settling</name>
    <message>
        <source>Explained by</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>The reason, in a few words</source>
        <translation>简要说明原因</translation>
    </message>
    <message>
        <source>Confirmed by the other side</source>
        <translation>对方已确认</translation>
    </message>
    <message>
        <source>Booked by hand</source>
        <translation>已手工入账</translation>
    </message>
    <message>
        <source>Settle the case</source>
        <translation>结案</translation>
    </message>
    <message>
        <source>Order {number}: the old tickets stay good, the places are free.</source>
        <translation>订单 {number}：原票继续有效，新座位已放回。</translation>
    </message>
    <message>
        <source>Give back in cash: {amount}.</source>
        <translation>退现金：{amount}。</translation>
    </message>
    <message>
        <source>{tender}: it was paid. Order {number} waits to be handed over.</source>
        <translation>{tender}：已付款。订单 {number} 等待交票。</translation>
    </message>
    <message>
        <source>{tender}: a part was paid, or came too late and goes back.</source>
        <translation>{tender}：付了一部分，或到款太晚，正在退回。</translation>
    </message>
    <message>
        <source>{tender}: nothing stays charged.</source>
        <translation>{tender}：没有扣款。</translation>
    </message>
    <message>
        <source>{tender}: still unknown.</source>
        <translation>{tender}：结果仍然未知。</translation>
    </message>
    <message>
        <source>Its tickets are here again: take the money another way, or clear.</source>
        <translation>它的票又回到这里：请换一种方式收款，或清空。</translation>
    </message>
    <message>
        <source>Another basket is open: finish or park it first.</source>
        <translation>还有一个购物篮：请先完成或挂单。</translation>
    </message>
</context>
<context>
    <name>SetupPage</name>
    <message>
        <source>This window</source>
        <translation>本窗口</translation>
    </message>
    <message>
        <source>Changes are made in settings.toml of the home; they hold from the next start.</source>
        <translation>设置写在数据文件夹的 settings.toml 里，下次启动生效。</translation>
    </message>
    <message>
        <source>Real: money and tickets count</source>
        <translation>正式：收款和出票都算数</translation>
    </message>
    <message>
        <source>Training: nothing here is real</source>
        <translation>培训：这里的一切都不算数</translation>
    </message>
    <message>
        <source>Demo: nothing here is real</source>
        <translation>演示：这里的一切都不算数</translation>
    </message>
    <message>
        <source>Venue</source>
        <translation>场馆</translation>
    </message>
    <message>
        <source>Window number</source>
        <translation>窗口号</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Language at start</source>
        <translation>启动语言</translation>
    </message>
    <message>
        <source>Ticket printer</source>
        <translation>票打印机</translation>
    </message>
    <message>
        <source>Receipt printer</source>
        <translation>小票打印机</translation>
    </message>
    <message>
        <source>Seats kept for a basket</source>
        <translation>锁座时间</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
    <message>
        <source>none: PDF files in the folder prints of the home</source>
        <translation>无：PDF 存入数据文件夹的 prints</translation>
    </message>
    <message>
        <source>the file beside the window's own</source>
        <translation>本窗口数据旁边的文件</translation>
    </message>
    <message>
        <source>everything, up to entry {number}</source>
        <translation>全部，到第 {number} 条</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(s) wait to be sent</source>
        <translation>
            <numerusform>还有 %n 条待上报</numerusform>
        </translation>
    </message>
    <message>
        <source>Home folder</source>
        <translation>数据文件夹</translation>
    </message>
    <message>
        <source>Central records</source>
        <translation>中央记录</translation>
    </message>
    <message>
        <source>Reported to central</source>
        <translation>已上报中央</translation>
    </message>
    <message>
        <source>Version of the records</source>
        <translation>记录版本</translation>
    </message>
    <message>
        <source>Import files</source>
        <translation>导入文件</translation>
    </message>
    <message>
        <source>Public keys for gates</source>
        <translation>闸机用公钥</translation>
    </message>
    <message>
        <source>Prove the records</source>
        <translation>核对记录</translation>
    </message>
    <message>
        <source>Enter an operator</source>
        <translation>登记操作员</translation>
    </message>
</context>
<context>
    <name>SharePanel</name>
    <message>
        <source>A part: {left} stays to be paid</source>
        <translation>只收一部分：还差 {left}</translation>
    </message>
    <message>
        <source>More than is due</source>
        <translation>超过应收</translation>
    </message>
    <message>
        <source>To take by {tender}</source>
        <translation>{tender}应收</translation>
    </message>
    <message>
        <source>Scan the customer's payment code</source>
        <translation>请扫客人的付款码</translation>
    </message>
    <message>
        <source>It is charged at once. For a part, type the amount first.</source>
        <translation>扫码立即收款。只收一部分时，请先输入金额。</translation>
    </message>
    <message>
        <source>The terminal asks for the card</source>
        <translation>终端会提示刷卡</translation>
    </message>
    <message>
        <source>For a part, type the amount first.</source>
        <translation>只收一部分时，请先输入金额。</translation>
    </message>
    <message>
        <source>Take it at the other terminal</source>
        <translation>请在独立终端上收款</translation>
    </message>
    <message>
        <source>Once it says approved, type the number printed on its slip.</source>
        <translation>终端显示成功后，请输入签购单上的参考号。</translation>
    </message>
    <message>
        <source>Number on the slip</source>
        <translation>签购单参考号</translation>
    </message>
</context>
<context>
    <name>ShiftPage</name>
    <message>
        <source>Open shift</source>
        <translation>当前班次</translation>
    </message>
    <message>
        <source>Shift left open by {number}</source>
        <translation>{number} 未结的班次</translation>
    </message>
    <message>
        <source>Yes, {amount}: close for good</source>
        <translation>确认 {amount}，交班</translation>
    </message>
    <message>
        <source>Close with {amount}</source>
        <translation>按 {amount} 交班</translation>
    </message>
    <message>
        <source>Close the shift</source>
        <translation>交班</translation>
    </message>
    <message>
        <source>Day statements</source>
        <translation>日结报表</translation>
    </message>
    <message>
        <source>Count and close for them</source>
        <translation>盲点并代为交班</translation>
    </message>
    <message>
        <source>Count and close</source>
        <translation>盲点交班</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>班次</translation>
    </message>
    <message>
        <source>Noted: {title} {amount}</source>
        <translation>已记录：{title} {amount}</translation>
    </message>
    <message>
        <source>No shift is open</source>
        <translation>没有开班</translation>
    </message>
    <message>
        <source>Your role works without a cash drawer. Clerks open a shift as they sign on.</source>
        <translation>你的岗位不用钱箱。售票员上岗时开班。</translation>
    </message>
</context>
<context>
    <name>ShiftPapers</name>
    <message>
        <source>Noted. The slip was printed: both sign it, and it goes with the cash.</source>
        <translation>已记录。缴款单已打印：两人签字，随现金入柜。</translation>
    </message>
    <message>
        <source>Print again</source>
        <translation>重打</translation>
    </message>
    <message>
        <source>The report was printed.</source>
        <translation>报表已打印。</translation>
    </message>
</context>
<context>
    <name>ShiftSide</name>
    <message>
        <source>The count is final: press once more, or Esc.</source>
        <translation>点数交出后不能再改：请再按一次，或按 Esc。</translation>
    </message>
    <message numerus="yes">
        <source>%n basket(s) left behind will be cleared.</source>
        <translation>
            <numerusform>留下的 %n 单将被清空。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open or parked basket(s): sell or clear (F3).</source>
        <translation>
            <numerusform>还有 %n 单未付或挂单：请售出或清空（F3）。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n payment(s) not finished.</source>
        <translation>
            <numerusform>有 %n 笔付款未完成。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) not settled: look at the printer (F4).</source>
        <translation>
            <numerusform>有 %n 页打印待确认：请看打印机（F4）。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s)</source>
        <translation>
            <numerusform>%n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Latest at this window</source>
        <translation>本窗口最近办理</translation>
    </message>
    <message>
        <source>Nobody served yet</source>
        <translation>还没有办理过</translation>
    </message>
    <message>
        <source>Sales and pickups of this window appear here.</source>
        <translation>本窗口的售票和取票会显示在这里。</translation>
    </message>
    <message>
        <source>Count alone and in peace. The float goes back to the safe, the rest is handed in, and the Z report is printed. After that who comes next may take over the drawer.</source>
        <translation>请独自安静地清点。备用金退回保险柜，其余票款上缴，并打印 Z 报表。之后接班人可以接手钱箱。</translation>
    </message>
    <message>
        <source>Paid in</source>
        <translation>存入</translation>
    </message>
    <message>
        <source>Paid out</source>
        <translation>支出</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>缴款</translation>
    </message>
    <message>
        <source>Print X</source>
        <translation>打印 X</translation>
    </message>
    <message>
        <source>Day statements</source>
        <translation>日结报表</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>SideWords</name>
    <message>
        <source>Sold</source>
        <translation>已售出</translation>
    </message>
    <message>
        <source>Parked baskets</source>
        <translation>挂单列表</translation>
    </message>
    <message>
        <source>Cash</source>
        <translation>现金</translation>
    </message>
    <message>
        <source>Reserve</source>
        <translation>预约</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>已预约</translation>
    </message>
    <message>
        <source>Group list</source>
        <translation>团体名单</translation>
    </message>
    <message>
        <source>Over the limit</source>
        <translation>超过限购</translation>
    </message>
    <message>
        <source>Complimentary</source>
        <translation>赠票</translation>
    </message>
    <message>
        <source>Payment unknown</source>
        <translation>支付结果未知</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>已退还</translation>
    </message>
    <message>
        <source>Open payments</source>
        <translation>未了结的支付</translation>
    </message>
    <message>
        <source>This basket</source>
        <translation>本单</translation>
    </message>
    <message numerus="yes">
        <source>This basket: %n ticket(s)</source>
        <translation>
            <numerusform>本单 %n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) still to scan</source>
        <translation>
            <numerusform>还差 %n 份证件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n proof(s) still to see</source>
        <translation>
            <numerusform>还有 %n 张凭证要查看</numerusform>
        </translation>
    </message>
    <message>
        <source>Next customer</source>
        <translation>下一位</translation>
    </message>
    <message>
        <source>Bring this basket back</source>
        <translation>取出这一单</translation>
    </message>
    <message>
        <source>Take the rest</source>
        <translation>收余款</translation>
    </message>
    <message>
        <source>Take the money</source>
        <translation>收款</translation>
    </message>
    <message>
        <source>Ask {tender} again</source>
        <translation>再查{tender}</translation>
    </message>
    <message>
        <source>Hand over order {number}</source>
        <translation>交票：订单 {number}</translation>
    </message>
    <message>
        <source>Go on with order {number}</source>
        <translation>继续订单 {number}</translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>无需处理</translation>
    </message>
    <message>
        <source>Nothing is open</source>
        <translation>没有未了结的</translation>
    </message>
    <message>
        <source>Paste a list first</source>
        <translation>先粘贴名单</translation>
    </message>
    <message>
        <source>Nobody here gets a ticket</source>
        <translation>名单上没有人可以绑定</translation>
    </message>
    <message numerus="yes">
        <source>Name %n ticket(s)</source>
        <translation>
            <numerusform>绑定 %n 张票</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reserve %n ticket(s)</source>
        <translation>
            <numerusform>留座预约 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>until {time}</source>
        <translation>到 {time}</translation>
    </message>
</context>
<context>
    <name>SignInForm</name>
    <message>
        <source>Checking…</source>
        <translation>正在核对…</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已锁屏</translation>
    </message>
    <message>
        <source>Sign on</source>
        <translation>上岗</translation>
    </message>
    <message>
        <source>Who was here goes on with the PIN. A supervisor may take over.</source>
        <translation>本人输入密码继续；主管可以接管。</translation>
    </message>
    <message>
        <source>Operator number</source>
        <translation>工号</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Practice only. Who may sign on here:</source>
        <translation>仅供练习。这里可以上岗的人：</translation>
    </message>
</context>
<context>
    <name>SignInGate</name>
    <message>
        <source>Window {number}</source>
        <translation>{number}号窗</translation>
    </message>
</context>
<context>
    <name>SwapSeats</name>
    <message>
        <source>Swap the seats</source>
        <translation>调换座位</translation>
    </message>
    <message numerus="yes">
        <source>%n seat(s) were swapped</source>
        <translation>
            <numerusform>已调换 %n 个座位</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Find %n other seat(s)</source>
        <translation>
            <numerusform>另配 %n 个座位</numerusform>
        </translation>
    </message>
    <message>
        <source>Tick the tickets that get other seats</source>
        <translation>请勾选要调换的票</translation>
    </message>
    <message>
        <source>They get the best other seats together of their level; the old ones go back to sale. Nobody was told the seats, so nothing has to be said.</source>
        <translation>同票档另配最佳连座，原座位放回发售。座位号没有告知过顾客，无须说明。</translation>
    </message>
</context>
<context>
    <name>Taking</name>
    <message>
        <source>Esc gives it up.</source>
        <translation>按 Esc 放弃这笔付款。</translation>
    </message>
    <message>
        <source>Or scan the customer's payment code: it is charged at once.</source>
        <translation>也可直接扫客人的付款码，立即收款。</translation>
    </message>
    <message>
        <source>A UnionPay code: let the card terminal read it.</source>
        <translation>这是银联付款码：请用刷卡终端扫码。</translation>
    </message>
    <message>
        <source>This window is not set up for {tender}. Nothing was charged.</source>
        <translation>本窗口没有开通{tender}。没有扣款。</translation>
    </message>
    <message>
        <source>Type how much is paid by this code first.</source>
        <translation>请先输入用这个码付多少。</translation>
    </message>
</context>
<context>
    <name>TenderBar</name>
    <message>
        <source>Here already: {parts}</source>
        <translation>已收：{parts}</translation>
    </message>
</context>
<context>
    <name>TenderPrimary</name>
    <message>
        <source>Enter what was given</source>
        <translation>请输入收到的金额</translation>
    </message>
    <message numerus="yes">
        <source>Take {given}, print %n ticket(s)</source>
        <translation>
            <numerusform>收 {given}，并打印 %n 张票</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take {given}, give {change}
and print %n ticket(s)</source>
        <translation>
            <numerusform>收 {given}，找 {change}
并打印 %n 张票</numerusform>
        </translation>
    </message>
    <message>
        <source>Type how much</source>
        <translation>请输入金额</translation>
    </message>
    <message>
        <source>Ask the terminal for {amount}</source>
        <translation>终端收款 {amount}</translation>
    </message>
    <message>
        <source>Scan: {amount}</source>
        <translation>扫码收 {amount}</translation>
    </message>
    <message>
        <source>Type the number on the slip</source>
        <translation>请输入签购单参考号</translation>
    </message>
    <message>
        <source>{amount} is taken: keep it as a part</source>
        <translation>已收 {amount}：先记为一部分</translation>
    </message>
    <message numerus="yes">
        <source>{amount} is taken:
print %n ticket(s)</source>
        <translation>
            <numerusform>已收 {amount}：
出 %n 张票</numerusform>
        </translation>
    </message>
    <message>
        <source>Being reversed…</source>
        <translation>正在撤销…</translation>
    </message>
    <message>
        <source>Waiting for the customer…</source>
        <translation>等待客人…</translation>
    </message>
    <message>
        <source>Keep {amount} as a part</source>
        <translation>先收 {amount}</translation>
    </message>
</context>
<context>
    <name>TenderWords</name>
    <message>
        <source>Cash</source>
        <translation>现金</translation>
    </message>
    <message>
        <source>WeChat</source>
        <translation>微信</translation>
    </message>
    <message>
        <source>Alipay</source>
        <translation>支付宝</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>银行卡</translation>
    </message>
    <message>
        <source>Other terminal</source>
        <translation>独立终端</translation>
    </message>
    <message>
        <source>Complimentary</source>
        <translation>赠票</translation>
    </message>
    <message>
        <source>Bank transfer</source>
        <translation>银行转账</translation>
    </message>
    <message>
        <source>exchange</source>
        <translation>换票</translation>
    </message>
    <message>
        <source>Channel {name}</source>
        <translation>渠道 {name}</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>独立终端</translation>
    </message>
    <message>
        <source>Comp</source>
        <translation>赠票</translation>
    </message>
    <message>
        <source>The code is too old. Ask for a new one and scan it.</source>
        <translation>付款码已过期。请客人刷新后再扫。</translation>
    </message>
    <message>
        <source>This code was used before. Ask for a new one and scan it.</source>
        <translation>付款码已用过。请客人刷新后再扫。</translation>
    </message>
    <message>
        <source>There is too little money. Another card or tender is needed.</source>
        <translation>余额不足。请换卡或换付款方式。</translation>
    </message>
    <message>
        <source>The customer ended it, or may not pay so.</source>
        <translation>客人取消了，或不能这样付款。</translation>
    </message>
    <message>
        <source>The card was refused. Try another card or tender.</source>
        <translation>卡被拒绝。请换卡或换付款方式。</translation>
    </message>
    <message>
        <source>The terminal is busy. End what it shows, then try again.</source>
        <translation>终端正忙。请结束终端上的操作再试。</translation>
    </message>
    <message>
        <source>The line to the company is down. Take another tender.</source>
        <translation>与支付公司的线路不通。请换付款方式。</translation>
    </message>
    <message>
        <source>The company did not answer.</source>
        <translation>支付公司没有应答。</translation>
    </message>
    <message>
        <source>The answer was not signed by the company.</source>
        <translation>应答的签名不对。</translation>
    </message>
    <message>
        <source>The answer could not be read.</source>
        <translation>应答无法读懂。</translation>
    </message>
    <message>
        <source>This computer's clock is wrong. Call a supervisor.</source>
        <translation>本机时钟不对。请叫主管。</translation>
    </message>
    <message>
        <source>The merchant's account is not set up rightly. Call a supervisor.</source>
        <translation>商户设置不对。请叫主管。</translation>
    </message>
    <message>
        <source>The company is overloaded. Try again in a moment.</source>
        <translation>支付公司繁忙。请稍后再试。</translation>
    </message>
    <message>
        <source>The number of this payment was used before. Try again.</source>
        <translation>支付单号重复。请再试一次。</translation>
    </message>
    <message>
        <source>The company names another amount. Call a supervisor.</source>
        <translation>支付公司的金额不同。请叫主管。</translation>
    </message>
    <message>
        <source>The merchant's account is short of money.</source>
        <translation>商户余额不足。</translation>
    </message>
    <message>
        <source>It is too early for that; it is tried again.</source>
        <translation>时间太早，会再试。</translation>
    </message>
    <message>
        <source>It is too late to reverse it.</source>
        <translation>已过撤销时限。</translation>
    </message>
    <message>
        <source>More than is left of the payment.</source>
        <translation>超过可退余额。</translation>
    </message>
</context>
<context>
    <name>Till</name>
    <message>
        <source>Here: {parts}. {left} is left: choose how it is paid.</source>
        <translation>已收：{parts}。还差 {left}：请选择付款方式。</translation>
    </message>
    <message>
        <source>Order {number}: pages may not have been printed.</source>
        <translation>订单 {number}：有票可能没有打出来。</translation>
    </message>
</context>
<context>
    <name>TogetherBar</name>
    <message>
        <source>Best together × {count}</source>
        <translation>最佳连座 × {count}</translation>
    </message>
    <message>
        <source>Seats by keyboard</source>
        <translation>键盘选座</translation>
    </message>
    <message>
        <source>Next price level</source>
        <translation>换票档</translation>
    </message>
    <message>
        <source>One fewer</source>
        <translation>少一张</translation>
    </message>
    <message>
        <source>One more</source>
        <translation>多一张</translation>
    </message>
    <message>
        <source>Alt with a digit sets how many</source>
        <translation>按 Alt 加数字选张数</translation>
    </message>
</context>
<context>
    <name>ToldWords</name>
    <message>
        <source>Told: {what}</source>
        <translation>已通知：{what}</translation>
    </message>
    <message>
        <source>refund accepted</source>
        <translation>退款已受理</translation>
    </message>
    <message>
        <source>refund sent</source>
        <translation>退款已发出</translation>
    </message>
    <message>
        <source>refund arrived</source>
        <translation>退款已到账</translation>
    </message>
    <message>
        <source>refund could not go back</source>
        <translation>退款无法原路退回</translation>
    </message>
    <message>
        <source>session cancelled</source>
        <translation>场次取消</translation>
    </message>
    <message>
        <source>session moved</source>
        <translation>场次改期</translation>
    </message>
    <message>
        <source>seat changed</source>
        <translation>座位变更</translation>
    </message>
    <message>
        <source>ticket exchanged</source>
        <translation>门票改签</translation>
    </message>
    <message>
        <source>tax invoice issued</source>
        <translation>发票已开具</translation>
    </message>
    <message>
        <source>waits to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>being sent</source>
        <translation>发送中</translation>
    </message>
    <message>
        <source>was sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>could not be sent</source>
        <translation>发送失败</translation>
    </message>
    <message>
        <source>too old, not sent</source>
        <translation>已过时，未发送</translation>
    </message>
    <message>
        <source>no connection</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>无应答</translation>
    </message>
    <message>
        <source>the server is not trusted</source>
        <translation>服务器不受信任</translation>
    </message>
    <message>
        <source>the service refused our sign-in</source>
        <translation>通知服务拒绝登录</translation>
    </message>
    <message>
        <source>our account there is empty</source>
        <translation>通知服务余额不足</translation>
    </message>
    <message>
        <source>the service is busy</source>
        <translation>通知服务繁忙</translation>
    </message>
    <message>
        <source>nobody is at that address</source>
        <translation>地址不存在</translation>
    </message>
    <message>
        <source>the service refused the text</source>
        <translation>通知服务拒绝此内容</translation>
    </message>
    <message>
        <source>the answer makes no sense</source>
        <translation>应答无法识别</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Lock</source>
        <translation>锁屏</translation>
    </message>
    <message>
        <source>Scan, or type pickup code / order no. / phone / document / name</source>
        <translation>扫码，或输入 取票码 / 订单号 / 手机 / 证件 / 姓名</translation>
    </message>
</context>
<context>
    <name>TransferForm</name>
    <message>
        <source>Type the name of the account holder</source>
        <translation>请输入户名</translation>
    </message>
    <message>
        <source>Type the number of the account</source>
        <translation>请输入账号</translation>
    </message>
    <message>
        <source>A second person signs above</source>
        <translation>请第二人在上方复核</translation>
    </message>
    <message>
        <source>The customer's account</source>
        <translation>顾客的收款账户</translation>
    </message>
    <message>
        <source>Account holder</source>
        <translation>户名</translation>
    </message>
    <message>
        <source>Account number, or IBAN</source>
        <translation>账号，或 IBAN</translation>
    </message>
    <message>
        <source>Bank: its 12 digits (CNAPS), or BIC</source>
        <translation>开户行：12 位联行号，或 BIC</translation>
    </message>
    <message>
        <source>Sealed: only the bank's file has it in clear.</source>
        <translation>加密保存，只有银行文件里是明文。</translation>
    </message>
</context>
<context>
    <name>TransfersPart</name>
    <message numerus="yes">
        <source>%n transfer(s)</source>
        <translation>
            <numerusform>%n 笔转账</numerusform>
        </translation>
    </message>
    <message>
        <source>Transfers</source>
        <translation>转账</translation>
    </message>
    <message>
        <source>Order {number}</source>
        <translation>订单 {number}</translation>
    </message>
    <message>
        <source>paid by {tender}</source>
        <translation>付款方式：{tender}</translation>
    </message>
    <message>
        <source>It cannot go back the way it came. Ask the customer for an account.</source>
        <translation>无法原路退回。请向顾客要收款账户。</translation>
    </message>
    <message>
        <source>At the bank: {number}</source>
        <translation>银行端编号：{number}</translation>
    </message>
    <message>
        <source>Reason of the bank: {code}</source>
        <translation>银行理由：{code}</translation>
    </message>
    <message>
        <source>Booked {day}</source>
        <translation>{day} 入账</translation>
    </message>
    <message>
        <source>Came back {day}</source>
        <translation>{day} 退回</translation>
    </message>
    <message>
        <source>Take in what the bank answers (Alt F).</source>
        <translation>请导入银行回执（Alt F）。</translation>
    </message>
    <message>
        <source>Order the transfer of {amount}</source>
        <translation>安排转账 {amount}</translation>
    </message>
    <message>
        <source>Take in the bank's answer</source>
        <translation>导入银行回执</translation>
    </message>
    <message numerus="yes">
        <source>Write the bank's file: %n transfer(s)</source>
        <translation>
            <numerusform>出银行文件：%n 笔转账</numerusform>
        </translation>
    </message>
    <message>
        <source>Set up [bank] in payments.toml first</source>
        <translation>请先在 payments.toml 里设置 [bank]</translation>
    </message>
    <message>
        <source>Ordered: {amount} to {payee}, {account}. It waits for the bank's file.</source>
        <translation>已安排：{amount} 转给 {payee}，{account}。待出银行文件。</translation>
    </message>
    <message>
        <source>Written to the folder {folder}: {files}</source>
        <translation>已写到文件夹 {folder}：{files}</translation>
    </message>
    <message>
        <source>Left for later, in hand elsewhere or not taken by the bank: {orders}</source>
        <translation>留待以后（其他窗口在处理，或银行不收）：{orders}</translation>
    </message>
    <message>
        <source>This money</source>
        <translation>这笔款</translation>
    </message>
    <message>
        <source>Open the order</source>
        <translation>打开订单</translation>
    </message>
    <message>
        <source>No transfers</source>
        <translation>没有转账</translation>
    </message>
    <message>
        <source>Money that cannot go back the way it came, as when a card is gone, is listed here until it was transferred to an account of the customer.</source>
        <translation>无法原路退回的款（例如卡已注销）列在这里，直到转到顾客的账户为止。</translation>
    </message>
</context>
<context>
    <name>UndonePanel</name>
    <message>
        <source>Give back in cash</source>
        <translation>退还现金</translation>
    </message>
    <message>
        <source>The order is undone, its seats are free</source>
        <translation>订单已撤销，座位已释放</translation>
    </message>
    <message>
        <source>{amount} goes back by {tender}, by itself.</source>
        <translation>{amount} 自动按{tender}原路退回。</translation>
    </message>
</context>
<context>
    <name>UnknownPanel</name>
    <message>
        <source>Asked for by {tender}</source>
        <translation>{tender}收款</translation>
    </message>
    <message>
        <source>Not known yet whether it was paid</source>
        <translation>还不知道是否付款成功</translation>
    </message>
    <message>
        <source>If the card slip says approved, let the customer keep it.</source>
        <translation>如果签购单显示成功，请客人保留。</translation>
    </message>
    <message>
        <source>If the phone says paid, let the customer keep that picture.</source>
        <translation>如果手机显示已支付，请客人截图保留。</translation>
    </message>
    <message>
        <source>Hand nothing over. The seats stay held and are sold to nobody else.</source>
        <translation>请勿交票。座位保持锁定，不会卖给别人。</translation>
    </message>
    <message>
        <source>The window goes on asking by itself: what was taken becomes the tickets or goes back. Alt Q shows how it stands.</source>
        <translation>窗口会自动继续查询：收到的款会变成票或退回。按 Alt Q 查看。</translation>
    </message>
    <message>
        <source>Now serve the next customer.</source>
        <translation>请接待下一位。</translation>
    </message>
</context>
<context>
    <name>Visitors</name>
    <message>
        <source>No ticket here waits for a document. Choose seats or passes first.</source>
        <translation>本单没有待登记证件的票，请先选座或取票。</translation>
    </message>
</context>
<context>
    <name>VoidAct</name>
    <message>
        <source>Void the sale</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>The reason, in a few words</source>
        <translation>请简要说明原因</translation>
    </message>
    <message>
        <source>Wrong session or seat</source>
        <translation>选错场次或座位</translation>
    </message>
    <message>
        <source>Wrong count</source>
        <translation>张数有误</translation>
    </message>
    <message>
        <source>Not wanted</source>
        <translation>顾客不要了</translation>
    </message>
    <message numerus="yes">
        <source>%n paper ticket(s) in hand (Alt K)</source>
        <translation>
            <numerusform>已收回 %n 张纸质票（Alt K）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Void %n · hand out {amount}</source>
        <translation>
            <numerusform>撤销 %n 张 · 退现 {amount}</numerusform>
        </translation>
    </message>
    <message>
        <source>Tick the tickets to void.</source>
        <translation>请勾选要撤销的票。</translation>
    </message>
    <message>
        <source>Say why: press a reason or type one.</source>
        <translation>请选择或填写原因。</translation>
    </message>
    <message>
        <source>Take the paper tickets back and confirm it.</source>
        <translation>请收回纸质票并勾选确认。</translation>
    </message>
    <message>
        <source>no fee</source>
        <translation>无手续费</translation>
    </message>
</context>
<context>
    <name>WaitingPanel</name>
    <message>
        <source>Giving it up</source>
        <translation>正在放弃</translation>
    </message>
    <message>
        <source>{tender} is asked to reverse it. What was taken goes back.</source>
        <translation>正在请{tender}撤销。已扣的款会退回。</translation>
    </message>
    <message>
        <source>The customer is typing a password</source>
        <translation>客户正在输入密码</translation>
    </message>
    <message>
        <source>It goes on by itself once the phone says paid.</source>
        <translation>手机显示支付成功后会自动继续。</translation>
    </message>
    <message>
        <source>The card belongs in the terminal</source>
        <translation>请在终端上刷卡</translation>
    </message>
    <message>
        <source>It goes on by itself once the terminal says approved.</source>
        <translation>终端显示成功后会自动继续。</translation>
    </message>
    <message>
        <source>Do not scan the code again.</source>
        <translation>请勿再扫这个码。</translation>
    </message>
    <message>
        <source>Asking {tender} again</source>
        <translation>正在再查{tender}</translation>
    </message>
    <message>
        <source>Asking {tender}</source>
        <translation>正在请求{tender}</translation>
    </message>
    <message>
        <source>To take by {tender}</source>
        <translation>{tender}应收</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Window {number}</source>
        <translation>{number}号窗</translation>
    </message>
    <message>
        <source>Training: nothing here is charged or admitted, and the clock is set.</source>
        <translation>培训模式：不真收款，票不能入场，时钟为设定时间。</translation>
    </message>
    <message>
        <source>Demo tournament: try everything, nothing here is charged or admitted.</source>
        <translation>演示赛事：可以随便试，不真收款，票不能入场。</translation>
    </message>
    <message>
        <source>F2 scan or type, F3 sell, F4 pickup, F8 the green button, F12 lock</source>
        <translation>F2 扫码或输入，F3 售票，F4 取票，F8 绿色按钮，F12 锁屏</translation>
    </message>
    <message>
        <source>You took over the drawer with {amount}: it is your float.</source>
        <translation>您已接手钱箱，{amount} 为您的备用金。</translation>
    </message>
    <message numerus="yes">
        <source>%n basket(s) were being paid when the window closed; nothing was taken.</source>
        <translation>
            <numerusform>上次关闭时有 %n 单正在收款，均未收到钱。</numerusform>
        </translation>
    </message>
    <message>
        <source>This window was retired at central</source>
        <translation>本窗口已被中央停用</translation>
    </message>
    <message>
        <source>The records of this window are locked</source>
        <translation>本窗口的记录已锁定</translation>
    </message>
    <message>
        <source>not taken by central; a supervisor settles that on page F5</source>
        <translation>中央未能接受，请主管在“中央”页 (F5) 处理</translation>
    </message>
    <message>
        <source>call a supervisor</source>
        <translation>请叫主管</translation>
    </message>
    <message>
        <source>A payment is under way. It will be asked about at the next start.</source>
        <translation>有一笔付款正在进行。下次启动时会去查询结果。</translation>
    </message>
    <message>
        <source>Central is out of reach</source>
        <translation>中央记录无法连接</translation>
    </message>
    <message>
        <source>Receiving orders: {here} of {total}</source>
        <translation>正在接收订单：{here} / {total}</translation>
    </message>
    <message>
        <source>Reporting to central</source>
        <translation>正在上报中央</translation>
    </message>
    <message numerus="yes">
        <source>%n order(s) wait for review</source>
        <translation>
            <numerusform>%n 个订单待复核</numerusform>
        </translation>
    </message>
    <message>
        <source>Central records in step</source>
        <translation>中央记录 已同步</translation>
    </message>
    <message>
        <source>End the program</source>
        <translation>结束程序</translation>
    </message>
    <message>
        <source>Ticket printer {name}</source>
        <translation>票打印机 {name}</translation>
    </message>
    <message>
        <source>Tickets go to PDF files</source>
        <translation>出票存为 PDF 文件</translation>
    </message>
    <message>
        <source>This shift: {sales} sold, {pickups} picked up</source>
        <translation>本班 售票 {sales} 单 · 取票 {pickups} 单</translation>
    </message>
</context>
<context>
    <name>WindowsPart</name>
    <message numerus="yes">
        <source>%n window(s)</source>
        <translation>
            <numerusform>%n 个窗口</numerusform>
        </translation>
    </message>
    <message>
        <source>Epoch {number}</source>
        <translation>任期 {number}</translation>
    </message>
    <message>
        <source>Ahead of time, and in its baskets.</source>
        <translation>包括配票和购票单中的。</translation>
    </message>
    <message>
        <source>nothing to report yet</source>
        <translation>尚无可上报</translation>
    </message>
    <message>
        <source>What it held</source>
        <translation>它原来保管的</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>怎么办</translation>
    </message>
    <message>
        <source>If it is lost for good</source>
        <translation>如果该窗口无法找回</translation>
    </message>
    <message>
        <source>Start it once with its enrolment file:</source>
        <translation>请用它的注册文件启动一次：</translation>
    </message>
    <message>
        <source>It stays off sale until its recovered disk is read, or two people accept that paper may exist. Free it at central:</source>
        <translation>在读回其磁盘之前，或两人确认可能已有纸票流出之前，不再出售。请在中央释放：</translation>
    </message>
    <message>
        <source>Central grants nothing until it has reported, or is fenced.</source>
        <translation>该窗口上报或停用之前，中央不发放任何保管。</translation>
    </message>
    <message>
        <source>What it holds is sold by nobody else. End its rights at central:</source>
        <translation>它保管的不会由别处售出。请在中央终止其权限：</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>It holds</source>
        <translation>保管</translation>
    </message>
    <message>
        <source>Its journal</source>
        <translation>流水</translation>
    </message>
    <message>
        <source>No windows are known yet</source>
        <translation>尚不知道任何窗口</translation>
    </message>
    <message>
        <source>Central was not reached since this window was set up.</source>
        <translation>本窗设立以来尚未连上中央。</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Wheelchair</source>
        <translation>无障碍</translation>
    </message>
    <message>
        <source>Companion</source>
        <comment>price level</comment>
        <translation>陪同席</translation>
    </message>
    <message>
        <source>Level {name}</source>
        <translation>{name}档</translation>
    </message>
    <message>
        <source>Adult</source>
        <translation>成人</translation>
    </message>
    <message>
        <source>Concession</source>
        <translation>优惠</translation>
    </message>
    <message>
        <source>Companion</source>
        <translation>陪同</translation>
    </message>
    <message>
        <source>Complimentary</source>
        <translation>赠票</translation>
    </message>
    <message>
        <source>To see: {proof}</source>
        <translation>请查看：{proof}</translation>
    </message>
    <message>
        <source>Seen: {proof}</source>
        <translation>已查看：{proof}</translation>
    </message>
    <message>
        <source>Resident ID</source>
        <translation>居民身份证</translation>
    </message>
    <message>
        <source>Passport</source>
        <translation>护照</translation>
    </message>
    <message>
        <source>HK/Macao/Taiwan residence permit</source>
        <translation>港澳台居民居住证</translation>
    </message>
    <message>
        <source>Home-return permit</source>
        <translation>回乡证</translation>
    </message>
    <message>
        <source>Taiwan permit</source>
        <translation>台胞证</translation>
    </message>
    <message>
        <source>Foreign permanent resident card</source>
        <translation>外国人永居证</translation>
    </message>
    <message>
        <source>Household register (child)</source>
        <translation>户口簿（儿童）</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>明天</translation>
    </message>
</context>
<context>
    <name>ZList</name>
    <message>
        <source>{amount} over</source>
        <translation>长款 {amount}</translation>
    </message>
    <message>
        <source>{amount} short</source>
        <translation>短款 {amount}</translation>
    </message>
    <message>
        <source>nothing over or short</source>
        <translation>长短款为零</translation>
    </message>
    <message>
        <source>Z {number}</source>
        <translation>Z {number}</translation>
    </message>
    <message>
        <source>Z reports before · Enter prints one again</source>
        <translation>以前的 Z 报表 · 按 Enter 再打一张</translation>
    </message>
    <message>
        <source>No shift was closed at this window yet.</source>
        <translation>本窗口还没有交过班。</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>Number or PIN is wrong. Type both again, or ask your supervisor.</source>
        <translation>工号或密码不对。请重新输入，或找主管。</translation>
    </message>
    <message>
        <source>Too many wrong PINs. Wait {seconds} seconds, then type number and PIN again.</source>
        <translation>密码错误次数太多。请等 {seconds} 秒后重新输入工号和密码。</translation>
    </message>
    <message>
        <source>Your role ({role}) may not do this ({act}). Ask a supervisor to sign in.</source>
        <translation>你的岗位（{role}）不能{act}。请主管上岗办理。</translation>
    </message>
    <message>
        <source>No shift is open. Count the float and open a shift.</source>
        <translation>还没有开班。请先点备用金再开班。</translation>
    </message>
    <message>
        <source>The shift of {operator} is still open at this window. It has to be closed first.</source>
        <translation>本窗口 {operator} 的班次还没有交班，请先结清。</translation>
    </message>
    <message>
        <source>The shift cannot be closed yet: open baskets {baskets}, parked baskets {parked}, unfinished payments {payments}, pages not settled {pages}. Sell or clear the baskets and settle the pages first.</source>
        <translation>还不能交班：未结 {baskets} 单，挂单 {parked} 单，未完成收款 {payments} 笔，存疑票页 {pages} 张。请先售出或清空各单，并处理存疑票页。</translation>
    </message>
    <message>
        <source>Type an amount above zero.</source>
        <translation>请输入大于零的金额。</translation>
    </message>
    <message>
        <source>Nobody can sign in yet. Enter an operator with: main.py add-operator.</source>
        <translation>还没有操作员。请用 main.py add-operator 登记。</translation>
    </message>
    <message>
        <source>There are no {count} seats together in {category}; the longest run is {longest}. Choose fewer, or another level.</source>
        <translation>{category}档没有 {count} 张连座，最多 {longest} 张连在一起。请减少张数或换票档。</translation>
    </message>
    <message>
        <source>Only {left} places are left, {count} were asked for. Choose fewer.</source>
        <translation>只剩 {left} 张，要了 {count} 张。请减少张数。</translation>
    </message>
    <message>
        <source>Session {session} has reached its capacity of {capacity}. Offer another session.</source>
        <translation>{session} 已满，容量 {capacity} 人。请推荐其他场次。</translation>
    </message>
    <message>
        <source>This document already has a ticket for {session_zh} {session_en} {order}. One document, one ticket per session: use another document.</source>
        <translation>该证件已有{session_zh}的票 {order}。一场一证一票，请换证件。</translation>
    </message>
    <message>
        <source>The document number is not right ({expected}). Check it and type it again.</source>
        <translation>证件号不对：{expected}。请核对后重新输入。</translation>
    </message>
    <message>
        <source>There is no price for {category} {ticket_type}. Choose another ticket type.</source>
        <translation>{category} {ticket_type} 没有票价。请换票种。</translation>
    </message>
    <message>
        <source>{session_zh} {session_en} is not sold while central is out of reach: that is its rule.</source>
        <translation>{session_zh} 规定离线时不售票，请等中央恢复连线。</translation>
    </message>
    <message>
        <source>{session_zh} {session_en} is over. Choose a session that is still to come.</source>
        <translation>{session_zh}已结束。请选还没结束的场次。</translation>
    </message>
    <message>
        <source>This {record} is {status} and cannot become {wanted}. Look at it again.</source>
        <translation>{record}现为“{status}”，不能改为“{wanted}”。请重新查看。</translation>
    </message>
    <message>
        <source>The basket is empty. Choose seats first.</source>
        <translation>本单是空的，请先选座。</translation>
    </message>
    <message>
        <source>{count} tickets still need a document. Scan or type them first.</source>
        <translation>还有 {count} 张票没有证件。请先刷证件或输入证件号。</translation>
    </message>
    <message>
        <source>Block {zone} row {row} seat {number} is sold. Choose another seat.</source>
        <translation>{zone}区 {row}排 {number}座已售出。请另选座位。</translation>
    </message>
    <message>
        <source>{number} did not sign: number or PIN is wrong, or they may no longer sign in. Nothing was done.</source>
        <translation>{number} 未能签认：工号或密码不对，或该人已不能登录。未做任何更改。</translation>
    </message>
    <message>
        <source>The role of {number} ({role}) may not do this ({act}). Ask a supervisor.</source>
        <translation>{number} 的岗位（{role}）无权做此操作（{act}）。请找主管。</translation>
    </message>
    <message>
        <source>The operator cannot be entered: {why}. The number is digits nobody else has, the PIN 4 to 12 digits, the name not empty.</source>
        <translation>无法录入操作员：{why}。编号须为无人使用的数字，PIN 为 4 到 12 位数字，姓名不能为空。</translation>
    </message>
    <message>
        <source>Block {zone} row {row} seat {number} is held at {window}. Choose another seat.</source>
        <translation>{zone} 区 {row} 排 {number} 座由{window}占用。请选择其他座位。</translation>
    </message>
    <message>
        <source>Block {zone} row {row} seat {number} was sold or reserved at {window}. Choose another seat.</source>
        <translation>{zone} 区 {row} 排 {number} 座已在{window}售出或预约。请选择其他座位。</translation>
    </message>
    <message>
        <source>Over the limit: {rule} {zone} at most {limit}, this would make {count}. Choose fewer tickets.</source>
        <translation>超过限制：{rule} {zone} 最多 {limit} 张，这样将有 {count} 张。请减少张数。</translation>
    </message>
    <message>
        <source>{count} concession tickets still need their proof. Look at it and confirm it.</source>
        <translation>还有 {count} 张优惠票未查看凭证。请查看后确认。</translation>
    </message>
    <message>
        <source>{tendered} was given, {due} is due. Ask for the rest.</source>
        <translation>实收 {tendered}，应收 {due}。请补收差额。</translation>
    </message>
    <message>
        <source>Nothing found for {text}. Check it, or try phone, document or name.</source>
        <translation>没有找到 {text}。请核对，或改用手机、证件、姓名查找。</translation>
    </message>
    <message>
        <source>The time of reservation {order} was over at {deadline}; its seats are on sale again.</source>
        <translation>预订 {order} 已于 {deadline} 到期，座位已放票。</translation>
    </message>
    <message>
        <source>A reservation needs a name or a phone. Ask for one of them and type it.</source>
        <translation>预订要留姓名或手机号，请问一项并输入。</translation>
    </message>
    <message>
        <source>Reservations for this session end at {latest}, so it cannot wait longer. Take the money now.</source>
        <translation>本场预订最晚保留到 {latest}，不能再延。请现在收款。</translation>
    </message>
    <message>
        <source>Say why in a few words: the reason is kept.</source>
        <translation>请简单写明原因，原因会留存。</translation>
    </message>
    <message>
        <source>This ticket cannot be refunded: {why}. Show the customer the refund policy.</source>
        <translation>这张票不能退：{why}。请向顾客出示退票规定。</translation>
    </message>
    <message>
        <source>This does not fit the play ledger: {why}. Check court and times, and correct them.</source>
        <translation>与比赛记录不符：{why}。请核对球场和时间后更正。</translation>
    </message>
    <message>
        <source>What goes back is no longer what was quoted. Tell the customer the new amount first.</source>
        <translation>应退金额已变。请先把新金额告诉顾客。</translation>
    </message>
    <message>
        <source>This sale cannot be voided: {why}. Refund it by its policy instead.</source>
        <translation>本单不能作废：{why}。请按退票规定办理退票。</translation>
    </message>
    <message>
        <source>This ticket cannot be printed again: {why}. Look at the order again.</source>
        <translation>这张票不能补打：{why}。请重新查看订单。</translation>
    </message>
    <message>
        <source>{count} paper tickets are out. Take them back first and confirm it.</source>
        <translation>有 {count} 张纸票在顾客手里。请先收回并确认。</translation>
    </message>
    <message>
        <source>This needs a second person ({act}). Ask a supervisor to type number and PIN.</source>
        <translation>{act}需要第二人授权。请主管输入工号和密码。</translation>
    </message>
    <message>
        <source>Whoever approves must be somebody else. Ask another supervisor.</source>
        <translation>不能自己授权自己，请找另一位主管。</translation>
    </message>
    <message>
        <source>Already handed over at {at} at window {window}. Do not hand over again; call a supervisor.</source>
        <translation>已于 {at} 在 {window}号窗交票。不能再交，请叫主管。</translation>
    </message>
    <message>
        <source>Order {order} is being worked on at {window}. Send the visitor there.</source>
        <translation>订单 {order} 正在{window}办理。请让观众前往该窗口。</translation>
    </message>
    <message>
        <source>Order {order} is at {window}, off line since {since}. Send the visitor there.</source>
        <translation>订单 {order} 在{window}，该窗口自 {since} 起断网。请让观众前往该窗口。</translation>
    </message>
    <message>
        <source>This ticket code is damaged or not ours. Look the order up by phone or document.</source>
        <translation>票码损坏或不是本场馆的票。请用手机号或证件查找订单。</translation>
    </message>
    <message>
        <source>This ticket is genuine: it was sold at {window}, which has not reported the sale yet. Look again in a moment, or send the visitor there.</source>
        <translation>此票为真票：由{window}售出，该窗口尚未上报这笔销售。请稍后再查，或请观众前往该窗口。</translation>
    </message>
    <message>
        <source>This ticket is genuine: it was sold at {window}, off line since {since} and not yet reported. Send the visitor there.</source>
        <translation>此票为真票：由{window}售出，该窗口自 {since} 起离线，尚未上报。请观众前往该窗口。</translation>
    </message>
    <message>
        <source>By its code this ticket was sold at {window}, and the sale is not known here while central cannot be reached. Send the visitor there.</source>
        <translation>按票码，此票由{window}售出；中央记录暂时无法连接，本窗口查不到这笔销售。请观众前往该窗口。</translation>
    </message>
    <message>
        <source>Window {window} was lost and the seat of this ticket went back on sale: its code no longer counts. Call a supervisor.</source>
        <translation>{window} 号窗已丢失，此票座位已重新发售，票码作废。请找主管。</translation>
    </message>
    <message>
        <source>These public keys are incomplete or not certified by central ({why}). Export them again.</source>
        <translation>公钥不完整或未经中央认证（{why}）。请重新导出。</translation>
    </message>
    <message>
        <source>{file} cannot be read: {why}. Nothing of it was kept.</source>
        <translation>{file} 无法读取：{why}。文件内容没有导入。</translation>
    </message>
    <message>
        <source>Transfer {number} cannot be ordered from the bank: {why}. Mend it first.</source>
        <translation>转账 {number} 无法向银行下达：{why}。请先更正。</translation>
    </message>
    <message>
        <source>{home} is a real home: --at works in demo and training homes only.</source>
        <translation>{home} 是正式数据文件夹，--at 只能用于演示和培训。</translation>
    </message>
    <message>
        <source>{home} is no demo home and is left alone. Choose another folder for --demo.</source>
        <translation>{home} 不是演示数据文件夹，未作改动。请为 --demo 另选文件夹。</translation>
    </message>
    <message>
        <source>{text} is no time. Write it like 2025-09-27T09:40+08:00.</source>
        <translation>{text} 不是时间。请写成 2025-09-27T09:40+08:00 的样子。</translation>
    </message>
    <message>
        <source>The tour waited in vain for: {step}. Look at the last picture it saved.</source>
        <translation>演示走到这一步没有反应：{step}。请看最后保存的图片。</translation>
    </message>
    <message>
        <source>Nothing is on sale in {home}. Import a catalogue with: main.py import FILE….</source>
        <translation>{home} 里没有可售场次。请用 main.py import 文件… 导入。</translation>
    </message>
    <message>
        <source>Windows took seats of these orders while they were stored. Nothing of the file was kept; import it again.</source>
        <translation>存入这些订单时，窗口占用了其中的座位。该文件未保存任何内容，请重新导入。</translation>
    </message>
    <message>
        <source>There are no records in {home}. Check the folder, or import a catalogue into it.</source>
        <translation>{home} 里没有记录。请检查文件夹，或先导入场次。</translation>
    </message>
    <message>
        <source>{file} holds something unusable at {key}: {why}. Correct that line.</source>
        <translation>{file} 中 {key} 的值不能用：{why}。请改正那一行。</translation>
    </message>
    <message>
        <source>Window {window} was retired at central. Stop selling and call a supervisor.</source>
        <translation>{window}号窗已被中央停用。请停止售票并叫主管。</translation>
    </message>
    <message>
        <source>{home} is a central home, no window. Look after it with: main.py central ….</source>
        <translation>{home} 是中央主目录，不是窗口。请用 main.py central … 维护。</translation>
    </message>
    <message>
        <source>{home} is no central home. Name the right folder with --home, or make one with: main.py central init URL --home DIR.</source>
        <translation>{home} 不是中央主目录。请用 --home 指明正确的文件夹，或新建：main.py central init URL --home DIR。</translation>
    </message>
    <message>
        <source>This window shares central records on a server. Do it for all windows on the computer with the central home, with --home DIR.</source>
        <translation>本窗口与其他窗口共用服务器上的中央记录。请在有中央主目录的电脑上加 --home DIR 为所有窗口办理。</translation>
    </message>
    <message>
        <source>The records in schema {schema} belong to another central home. Use that home, or name another schema with --schema.</source>
        <translation>模式 {schema} 中的记录属于另一个中央主目录。请使用那个主目录，或用 --schema 另选模式。</translation>
    </message>
    <message>
        <source>The server has a login {login} already, of other records. Found these ones under another --schema, or have that login dropped.</source>
        <translation>服务器上已有登录名 {login}，属于其他记录。请用 --schema 另选模式，或请人删除该登录名。</translation>
    </message>
    <message>
        <source>There is no window {window}. Look them up with: main.py central status.</source>
        <translation>没有窗口 {window}。请用 main.py central status 查看。</translation>
    </message>
    <message>
        <source>{file} is there already and is not replaced. Name another file.</source>
        <translation>{file} 已经存在，不会覆盖。请换一个文件名。</translation>
    </message>
    <message>
        <source>{file} does not let this window in: {why}. Ask whoever looks after the central records.</source>
        <translation>{file} 不能让本窗口加入：{why}。请询问中央记录的管理人员。</translation>
    </message>
    <message>
        <source>That cannot be allotted: {value} ({why}). Look up sessions and levels again.</source>
        <translation>无法分配：{value}（{why}）。请重新核对场次和票档。</translation>
    </message>
    <message>
        <source>Window {window} is still at work as central knows it. End that first: main.py central fence {window}.</source>
        <translation>中央记录显示 {window} 号窗仍在工作。请先停用：main.py central fence {window}。</translation>
    </message>
    <message>
        <source>Central does not have window {window} hold what it gives back. Nothing was changed; main.py verify shows what each side says.</source>
        <translation>中央记录显示，{window}号窗口交还的内容并不由它持有。未作任何更改；用 main.py verify 可查看双方的记录。</translation>
    </message>
    <message>
        <source>Window {window} sold this before its new epoch began and cannot report it again. Settle it as central has it.</source>
        <translation>{window}号窗口在新任期开始之前售出此单，无法再次上报。请按中央记录的内容处理。</translation>
    </message>
    <message>
        <source>These records of window {window} are locked: {why}. Nothing may be sold with them. A supervisor gives the window a new epoch: main.py central fence {window}, then add-window --replace; where central lies in the same home, main.py central restored.</source>
        <translation>{window} 号窗的这份记录已锁定：{why}。不得用它售票。请主管为该窗启用新任期：main.py central fence {window}，再 add-window --replace；中央记录在同一文件夹时用 main.py central restored。</translation>
    </message>
    <message>
        <source>Central has another journal entry {number} of window {window}. Stop selling and call a supervisor: these records were copied or restored.</source>
        <translation>{window}号窗第 {number} 条流水与中央不一致，记录可能被复制或恢复过。请停止售票并叫主管。</translation>
    </message>
    <message>
        <source>Another program has {home} open. Close it first, then try again.</source>
        <translation>{home} 正被另一个程序使用。请先关闭它再试。</translation>
    </message>
    <message>
        <source>A PostgreSQL server could not be started: {why}. Install it, or name one.</source>
        <translation>无法启动 PostgreSQL 服务器：{why}。请安装，或指定一台服务器。</translation>
    </message>
    <message>
        <source>The server does not prove that it is the one with the central records ({why}). Nothing was sent; check its name and certificate.</source>
        <translation>服务器无法证明它就是中央记录所在的服务器（{why}）。未发送任何内容；请检查其名称和证书。</translation>
    </message>
    <message>
        <source>The central records were restored and give nothing out before every window has reported what it holds. Waiting for: {windows}. One that is lost has to be fenced.</source>
        <translation>中央记录已恢复，各窗报齐所持之前不发放任何座位。等待：{windows}。丢失的窗口须停用。</translation>
    </message>
    <message>
        <source>The central records are of version {version}, this program wants {known}. Have `main.py central init` run there with this version; nothing unsent is lost.</source>
        <translation>中央记录是第 {version} 版，本程序需要第 {known} 版。请在中央用此版本运行 `main.py central init`；未上报的内容不会丢失。</translation>
    </message>
    <message>
        <source>The central records are of version {version}, this program knows {known}. Update this program; nothing unsent is lost.</source>
        <translation>中央记录是第 {version} 版，本程序只识别第 {known} 版。请更新本程序；未上报的内容不会丢失。</translation>
    </message>
    <message>
        <source>{file} was written by a newer version (records {version}, this program knows {known}). Update this program; nothing was changed.</source>
        <translation>{file} 由新版程序写入（记录版本 {version}，本程序只识别到 {known}）。请更新程序，记录未作改动。</translation>
    </message>
    <message>
        <source>{file} is damaged or does not fit its key. Nothing was changed: keep the folder as it is and restore a backup.</source>
        <translation>{file} 已损坏或与密钥不符，未作改动。请保留文件夹原样并恢复备份。</translation>
    </message>
    <message>
        <source>The key of {home} is missing or unusable. Put keys.json back, or sign in to the computer as the user whose keyring holds it.</source>
        <translation>{home} 的密钥缺失或不能用。请放回 keys.json，或用存有密钥的电脑账户登录。</translation>
    </message>
    <message>
        <source>{file} cannot be written or read: {why}. Make room or check the disk, then retry.</source>
        <translation>{file} 无法读写：{why}。请腾出空间或检查磁盘，然后重试。</translation>
    </message>
    <message>
        <source>The central records do not answer ({why}). Nothing was lost; try again in a moment.</source>
        <translation>中央记录没有应答（{why}）。数据没有丢失，请稍后重试。</translation>
    </message>
    <message>
        <source>Central does not answer, and block {zone} row {row} seat {number} is not held here. Choose a seat this window holds.</source>
        <translation>中央无应答，{zone} 区 {row} 排 {number} 座不在本窗口。请选择本窗口持有的座位。</translation>
    </message>
    <message>
        <source>Central does not answer, and block {zone} row {row} seat {number} is held at {window}. Choose a seat this window holds.</source>
        <translation>中央无应答，{zone} 区 {row} 排 {number} 座由{window}保管。请选择本窗保管的座位。</translation>
    </message>
    <message>
        <source>Central does not answer, and this window holds {left} places, not {count}. Choose fewer.</source>
        <translation>中央无应答，本窗口只有 {left} 个名额，不足 {count} 个。请减少数量。</translation>
    </message>
    <message>
        <source>Central does not answer, and of {category} this window holds at most {longest} seats together, not {count}. Choose fewer, or another level.</source>
        <translation>中央无应答，{category}档本窗最多只有 {longest} 张连座，不足 {count} 张。请减少张数或换票档。</translation>
    </message>
    <message>
        <source>Central does not answer, and this window does not hold order {order}. Wait until central is back.</source>
        <translation>中央无应答，订单 {order} 不由本窗保管。请等中央恢复后再办。</translation>
    </message>
    <message>
        <source>Printer {printer} did not take the page: {why}. Look at the printer.</source>
        <translation>打印机 {printer} 没有接收：{why}。请查看打印机。</translation>
    </message>
    <message>
        <source>There is no printer {printer}. Check its name in settings.toml and the cable.</source>
        <translation>没有打印机 {printer}。请检查 settings.toml 里的名称和连接线。</translation>
    </message>
    <message>
        <source>The computer's clock says {now}, but the last entry was made at {last}. Set the clock right, then start again; nothing was lost.</source>
        <translation>电脑时钟显示 {now}，但最后一笔记录时间是 {last}。请校准时钟后重新启动；数据没有丢失。</translation>
    </message>
    <message>
        <source>{file} ends at entry {known}, but entry {number} was written before: it is an old copy. Nothing may be sold with it. A supervisor gives this window a new epoch: main.py central fence, then add-window --replace; where central lies in the same home, main.py central restored.</source>
        <translation>{file} 止于第 {known} 条，而第 {number} 条早已写过：这是旧副本，不得用它售票。请主管为本窗启用新任期：main.py central fence，再 add-window --replace；中央记录在同一文件夹时用 main.py central restored。</translation>
    </message>
    <message>
        <source>Central does not know all that window {window} did, so tickets may be out. Either a second person accepts that (--approver), or its recovered disk is taken in first: main.py central receive HOME. Look at the open reviews, too.</source>
        <translation>中央记录不知道窗口 {window} 做过的全部事情，可能已有票在外。要么由第二人接受此风险（--approver），要么先读入找回的磁盘：main.py central receive HOME。也请查看未结的复核。</translation>
    </message>
    <message>
        <source>{value} has {there} in all; {wanted} cannot be allotted. Plan fewer.</source>
        <translation>{value} 总共只有 {there}，无法预留 {wanted}。请减少数量。</translation>
    </message>
    <message>
        <source>This address of the central records cannot be used: {why}. Write it like postgresql://user:password@server/database.</source>
        <translation>这个中央记录地址不能用：{why}。请写成 postgresql://用户:密码@服务器/数据库 的形式。</translation>
    </message>
    <message>
        <source>A schema cannot be called {schema}. Name it with small letters, digits and _, beginning with a letter, 31 at most.</source>
        <translation>模式不能叫 {schema}。请用小写字母、数字和 _ 命名，以字母开头，最多 31 个字符。</translation>
    </message>
    <message>
        <source>{file} is of no use as --ca: {why}. Name the file with the certificate of who certifies the server (PEM). Nothing was changed.</source>
        <translation>{file} 不能用作 --ca：{why}。请指定为服务器签发证书的机构的证书文件（PEM）。什么都没有改动。</translation>
    </message>
    <message>
        <source>There is no {file}. Check its name and folder.</source>
        <translation>没有 {file}。请检查文件名和文件夹。</translation>
    </message>
    <message>
        <source>There is no seat {seat}. Write it as SESSION:BLOCK-ROW-NUMBER, like S1D:101-5-12.</source>
        <translation>没有座位 {seat}。请写成 场次:区-排-号，例如 S1D:101-5-12。</translation>
    </message>
    <message>
        <source>Window {window} has had no epoch {epoch}. Look it up with: main.py central status.</source>
        <translation>窗口 {window} 没有过第 {epoch} 任期。请用 main.py central status 查看。</translation>
    </message>
    <message>
        <source>The records in {home} are not of these central records: their window {window} was never certified here. Nothing of them was taken in; name the folder of the window you mean.</source>
        <translation>{home} 里的记录不属于这份中央记录：其中的窗口 {window} 从未在这里认证。没有收入任何内容；请指定所要的窗口的文件夹。</translation>
    </message>
    <message>
        <source>The records in {home} are of window {window}, which is still at work as central knows it. It reports by itself; name the folder of the window that has ended.</source>
        <translation>{home} 里是窗口 {window} 的记录，据中央所知它仍在工作，会自行上报。请指定已终止的那个窗口的文件夹。</translation>
    </message>
    <message>
        <source>There is a window {window} already. Choose another name; a new computer for it is added with --replace.</source>
        <translation>已有窗口 {window}。请换一个名称；要为它换电脑，请用 --replace。</translation>
    </message>
    <message>
        <source>Number {number} is taken by window {window}. Choose another one, or leave --number out to get the next that is free.</source>
        <translation>编号 {number} 已被窗口 {window} 占用。请换一个，或不写 --number，取下一个空号。</translation>
    </message>
    <message>
        <source>The server of the central records does not take the password of this window ({user}). Have a new one made with: main.py central password.</source>
        <translation>中央记录的服务器不接受本窗口（{user}）的密码。请让人用 main.py central password 生成新的。</translation>
    </message>
    <message>
        <source>The server of the central records does not let {user} in with the password from {where}. Correct it there, or give that login another one at the server.</source>
        <translation>中央记录的服务器不让 {user} 用来自{where}的密码登录。请在那里更正，或在服务器上为该登录另设密码。</translation>
    </message>
    <message>
        <source>The server of the central records wants a password of {user}, and there is none. Set PGPASSWORD, keep one in ~/.pgpass, or run this in a terminal, which asks for it.</source>
        <translation>中央记录的服务器要求 {user} 的密码，而这里没有。请设置 PGPASSWORD，或写入 ~/.pgpass，或在终端中运行，届时会询问。</translation>
    </message>
    <message>
        <source>The central records are not open to {user}: {why}. Check address, database and rights; trying again does not help.</source>
        <translation>中央记录不对 {user} 开放：{why}。请检查地址、数据库和权限；重试没有用。</translation>
    </message>
    <message>
        <source>There are no central records in schema {schema} of that database. Check the address and --schema; main.py central init makes new ones.</source>
        <translation>该数据库的模式 {schema} 中没有中央记录。请检查地址和 --schema；新建请用 main.py central init。</translation>
    </message>
    <message>
        <source>This payment was left by a window that was retired. A supervisor settles it, under Cases.</source>
        <translation>这笔付款是一个已停用窗口留下的，请主管在“工单”里处理。</translation>
    </message>
    <message>
        <source>Money on a card goes back by the terminal of window {window}. Set that window up again, or give it back in the portal of the company.</source>
        <translation>刷卡的钱要由 {window} 号窗的 POS 退回。请重新开通该窗口，或在支付公司的商户后台退款。</translation>
    </message>
    <message>
        <source>Nothing can be sent there: {why}. Ask again, or leave it empty.</source>
        <translation>无法发送到该地址：{why}。请再次询问，或留空。</translation>
    </message>
    <message>
        <source>A tax invoice cannot be asked for: {why}.</source>
        <translation>不能申请开票：{why}。</translation>
    </message>
    <message>
        <source>No file for the invoice platform is called {file}: `invoices list` names them.</source>
        <translation>没有名为 {file} 的开票文件：用 invoices list 可查看。</translation>
    </message>
    <message>
        <source>The tax invoice cannot be asked for like that: {why}. Ask the customer again.</source>
        <translation>无法这样申请发票：{why}。请再向顾客核实。</translation>
    </message>
    <message>
        <source>{file}, line {line}: {why}. Nothing of this file was taken in; ask the invoice platform for it again.</source>
        <translation>{file} 第 {line} 行：{why}。此文件内容均未导入，请向开票平台重新索取。</translation>
    </message>
    <message>
        <source>{file} does not say which account transfers are paid from. Write a table [bank] with name, account, and bank_number or bic into it, as docs/bank.md shows; then try again.</source>
        <translation>{file} 没有写明转账从哪个账户付出。请按 docs/bank.md 的示例在其中写入 [bank] 表，填写 name、account，以及 bank_number 或 bic，然后重试。</translation>
    </message>
    <message>
        <source>{file} cannot be written: {why}. Name a place in a folder that is there and that you may write to.</source>
        <translation>无法写入 {file}：{why}。请换一个已有且可写的文件夹中的位置。</translation>
    </message>
    <message>
        <source>{due} is due, and {amount} is no part of it. Type an amount up to what is due.</source>
        <translation>应付 {due}，{amount} 不在其内。请输入不超过应付金额的数额。</translation>
    </message>
    <message>
        <source>That is no number of a slip. Type the {least} to {most} digits printed on it.</source>
        <translation>这不是签购单参考号。请输入单上印的 {least} 至 {most} 位数字。</translation>
    </message>
    <message>
        <source>{day} is not over, and {open} shifts are open. Close them first, or wait for the next business day.</source>
        <translation>{day} 尚未结束,还有 {open} 个班次未结。请先结班,或等到下一营业日。</translation>
    </message>
    <message>
        <source>Central knows nothing of {what}.</source>
        <translation>中央记录中没有 {what}。</translation>
    </message>
    <message>
        <source>This window is not set up for {tender}. Take another tender, or set up payments.toml.</source>
        <translation>本窗口未设置{tender}。请改用其他付款方式，或配置 payments.toml。</translation>
    </message>
    <message>
        <source>Somebody else decided for this session meanwhile. Look at the decision, then go on.</source>
        <translation>其间已有他人对本场次作出决定。请先查看该决定，再继续。</translation>
    </message>
    <message>
        <source>The rules give no answer yet: {why}. Complete the play ledger, or decide with a reason and a second person.</source>
        <translation>规则尚不能得出结论：{why}。请补全比赛记录，或写明理由并由第二人复核后决定。</translation>
    </message>
    <message>
        <source>There is nothing to pay for this session: {why}. Look at its decision.</source>
        <translation>本场次无款可退：{why}。请查看该场次的决定。</translation>
    </message>
    <message>
        <source>This ticket cannot be exchanged so: {why}. Choose another place.</source>
        <translation>不能这样换票：{why}。请另选座位。</translation>
    </message>
    <message>
        <source>{session_zh} {session_en} was called off: nothing of it is sold. Choose another session.</source>
        <translation>{session_zh}已取消或改期，不再出售。请选择其他场次。</translation>
    </message>
    <message>
        <source>There is no session {session}. Type its code as it stands in the table of sessions.</source>
        <translation>没有场次 {session}。请按场次表中的代码填写。</translation>
    </message>
    <message>
        <source>{session} is played on {courts}. Name one with --court.</source>
        <translation>场次 {session} 的场地：{courts}。请用 --court 指定其中一个。</translation>
    </message>
    <message>
        <source>{text} is no day. Write it like 2025-09-27.</source>
        <translation>{text} 不是日期。请写成 2025-09-27 这样。</translation>
    </message>
    <message>
        <source>Nobody has this money to collect: it was collected, or goes another way. Look at the order again.</source>
        <translation>该款项无待领：已经领取，或改由其他途径退回。请重新查看订单。</translation>
    </message>
</context>
<context>
    <name>phrases</name>
    <message>
        <source>a value</source>
        <translation>有内容</translation>
    </message>
    <message>
        <source>text in one line, without control characters</source>
        <translation>单行文字，不含控制字符</translation>
    </message>
    <message>
        <source>at most {count} characters</source>
        <translation>最多 {count} 个字符</translation>
    </message>
    <message>
        <source>an amount in yuan</source>
        <translation>以元计的金额</translation>
    </message>
    <message>
        <source>an amount in yuan, not below zero</source>
        <translation>以元计的金额，不小于零</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>yes or no</source>
        <translation>是或否</translation>
    </message>
    <message>
        <source>a time like 2025-09-27T12:30+08:00</source>
        <translation>时间，如 2025-09-27T12:30+08:00</translation>
    </message>
    <message>
        <source>a day like 2025-09-27</source>
        <translation>日期，如 2025-09-27</translation>
    </message>
    <message>
        <source>one or more names</source>
        <translation>一个或多个名称</translation>
    </message>
    <message>
        <source>one of: {names}</source>
        <translation>以下之一：{names}</translation>
    </message>
    <message>
        <source>a percentage from 0 to 100 with two decimals, or none</source>
        <translation>0 到 100 的百分比（最多两位小数），或“不退”</translation>
    </message>
    <message>
        <source>once; it stands in line {line}</source>
        <translation>只出现一次；第 {line} 行已有</translation>
    </message>
    <message>
        <source>{count} columns</source>
        <translation>{count} 列</translation>
    </message>
    <message>
        <source>a number, or no document type</source>
        <translation>证件号，或不填证件类型</translation>
    </message>
    <message>
        <source>a fee in per cent or in yuan, or none</source>
        <translation>百分比或以元计的手续费，或“不退”</translation>
    </message>
    <message>
        <source>either hours before the start or a time</source>
        <translation>开赛前小时数或截止时间，只填一项</translation>
    </message>
    <message>
        <source>not later than the start</source>
        <translation>不晚于开赛时间</translation>
    </message>
    <message>
        <source>hours before the start, hours after the purchase, or a time</source>
        <translation>开赛前小时数、购票后小时数或一个时间</translation>
    </message>
    <message>
        <source>nothing, where nothing is refunded</source>
        <translation>不予退款时此处应为空</translation>
    </message>
    <message>
        <source>nothing; column {column} says it</source>
        <translation>应为空，{column} 列已写明</translation>
    </message>
    <message>
        <source>not below {column}</source>
        <translation>不低于 {column}</translation>
    </message>
    <message>
        <source>a percentage with its sign, as in 20% or 0.2%; {value} could be either</source>
        <translation>带百分号的百分比，如 20% 或 0.2%；{value} 有两种读法</translation>
    </message>
    <message>
        <source>hours such as 72 or 1.5, or with a unit: 3 days, 30 minutes; at most ten years</source>
        <translation>小时数如 72 或 1.5，或带单位：3天、30分钟；最长十年</translation>
    </message>
    <message>
        <source>a time of day such as 21:30, or minutes after the start</source>
        <translation>时刻如 21:30，或开赛后的分钟数</translation>
    </message>
    <message>
        <source>matches, minutes or a latest start</source>
        <translation>完赛场数、分钟数或最晚开赛时间</translation>
    </message>
    <message>
        <source>what counts as held, since half is spoken of</source>
        <translation>写了退半就须写明何为已举行</translation>
    </message>
    <message>
        <source>matches or minutes for which half goes back</source>
        <translation>退半所需的场数或分钟数</translation>
    </message>
    <message>
        <source>refund or refund_or_exchange: half is money</source>
        <translation>refund 或 refund_or_exchange：退半须退款</translation>
    </message>
    <message>
        <source>less than what counts as held</source>
        <translation>小于视为已举行的数值</translation>
    </message>
    <message>
        <source>a start, for a match that was played</source>
        <translation>比赛过的场次须有开始时间</translation>
    </message>
    <message>
        <source>an end, for a match that was completed</source>
        <translation>完赛的场次须有结束时间</translation>
    </message>
    <message>
        <source>not before its start</source>
        <translation>不早于开始时间</translation>
    </message>
    <message>
        <source>a time that has passed</source>
        <translation>已经过去的时间</translation>
    </message>
    <message>
        <source>a time about that of its session</source>
        <translation>与该场次相近的时间</translation>
    </message>
    <message>
        <source>not before play began on that court</source>
        <translation>不早于该球场开赛时间</translation>
    </message>
    <message>
        <source>not after play ended on that court</source>
        <translation>不晚于该球场结束时间</translation>
    </message>
    <message>
        <source>no more minutes than passed from start to end</source>
        <translation>分钟数不超过从开始到结束的时长</translation>
    </message>
    <message>
        <source>together with the other matches no more minutes than passed on that court</source>
        <translation>与同场地其他比赛合计不超过该球场经过的时长</translation>
    </message>
    <message>
        <source>ticket type;proof in Chinese;proof in English</source>
        <translation>票种;中文凭证;英文凭证</translation>
    </message>
    <message>
        <source>zone;cap</source>
        <translation>分区;上限</translation>
    </message>
    <message>
        <source>a whole number from 1, or none</source>
        <translation>1 以上的整数，或“不限”</translation>
    </message>
    <message>
        <source>seat, level or session, then ; and a fee in yuan or per cent, none, or no</source>
        <translation>seat、level 或 session，加 ; 再写手续费（元或百分比）、none 或 no</translation>
    </message>
    <message>
        <source>a value; the sheet could not reckon this cell</source>
        <translation>数值；表格未能算出此单元格</translation>
    </message>
    <message>
        <source>a value; open the workbook once and save it, so that it is reckoned</source>
        <translation>数值；请打开工作簿保存一次，使公式算出结果</translation>
    </message>
    <message>
        <source>each seat once</source>
        <translation>每个座位只出现一次</translation>
    </message>
    <message>
        <source>each seat_guid once</source>
        <translation>每个 seat_guid 只出现一次</translation>
    </message>
    <message>
        <source>one of its categories: {names}</source>
        <translation>图中的票档之一：{names}</translation>
    </message>
    <message>
        <source>at least one seat</source>
        <translation>至少一个座位</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>一个对象</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>一个列表</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>a number of metres</source>
        <translation>以米计的数</translation>
    </message>
    <message>
        <source>a number of metres above zero</source>
        <translation>大于零的米数</translation>
    </message>
    <message>
        <source>nothing of that kind is imported</source>
        <translation>尚未导入这类内容</translation>
    </message>
    <message>
        <source>a zone; {names}</source>
        <translation>分区；{names}</translation>
    </message>
    <message>
        <source>one court with a seat plan, or an unnumbered capacity</source>
        <translation>一个有座位图的球场，或无座容量</translation>
    </message>
    <message>
        <source>a session of the catalogue, which is to be imported before its orders</source>
        <translation>场次表上的场次；请先导入场次，再导入订单</translation>
    </message>
    <message>
        <source>the plan as imported before; its seats are on sale</source>
        <translation>与原座位图相同；座位已在售</translation>
    </message>
    <message>
        <source>{count} rows</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>as imported: {value}</source>
        <translation>已导入为 {value}</translation>
    </message>
    <message>
        <source>as imported: {value}; {reason}</source>
        <translation>已导入为 {value}，{reason}</translation>
    </message>
    <message>
        <source>as imported; {reason}</source>
        <translation>保持原样，{reason}</translation>
    </message>
    <message>
        <source>tickets were sold for it</source>
        <translation>该场已售票</translation>
    </message>
    <message>
        <source>its sessions are on sale</source>
        <translation>其场次已在售</translation>
    </message>
    <message>
        <source>{count} places are gone</source>
        <translation>已用 {count} 个名额</translation>
    </message>
    <message>
        <source>{count} places of session {session} are gone</source>
        <translation>场次 {session} 已用 {count} 个名额</translation>
    </message>
    <message>
        <source>sold at since today; another one can begin tomorrow</source>
        <translation>今天起已按此价售票；新价最早明天生效</translation>
    </message>
    <message>
        <source>a day after {day}; until then tickets were sold under the version before</source>
        <translation>晚于 {day} 的日期；该日及之前已按旧版本售票</translation>
    </message>
    <message>
        <source>a version that stands is not changed; give the new one its own valid_from</source>
        <translation>已生效的版本不改；新版本请另写生效日期</translation>
    </message>
    <message>
        <source>a seat of the plan</source>
        <translation>座位图上有的座位</translation>
    </message>
    <message>
        <source>no seat in this session</source>
        <translation>不填座位，本场不对号</translation>
    </message>
    <message>
        <source>a session of the catalogue</source>
        <translation>场次表上有的场次</translation>
    </message>
    <message>
        <source>a price of the catalogue</source>
        <translation>价目表上的价格</translation>
    </message>
    <message>
        <source>free; sold in order {order}</source>
        <translation>空座；该座已在订单 {order} 售出</translation>
    </message>
    <message>
        <source>free; in a basket at a window</source>
        <translation>空座；该座正在窗口的购票单中</translation>
    </message>
    <message>
        <source>one document, one ticket per session</source>
        <translation>一证一场一票</translation>
    </message>
    <message>
        <source>places left in the session</source>
        <translation>本场有余量</translation>
    </message>
    <message>
        <source>no more than {cap} in the zone</source>
        <translation>该分区不超过 {cap} 张</translation>
    </message>
    <message>
        <source>as imported before</source>
        <translation>与之前导入的一致</translation>
    </message>
    <message>
        <source>as in line {line}</source>
        <translation>与第 {line} 行一致</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>这是文件夹</translation>
    </message>
    <message>
        <source>it is a device or a pipe, not a file</source>
        <translation>这是设备或管道，不是文件</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>文件太大</translation>
    </message>
    <message>
        <source>there is no folder {folder}</source>
        <translation>没有文件夹 {folder}</translation>
    </message>
    <message>
        <source>you may not write there</source>
        <translation>您无权在那里写入</translation>
    </message>
    <message>
        <source>it cannot be opened</source>
        <translation>无法打开</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>文件是空的</translation>
    </message>
    <message>
        <source>it belongs to the demo and leaves its days open; start main.py --demo, or import it into a training home (main.py import with --at)</source>
        <translation>这是演示数据，日期未定；请运行 main.py --demo，或导入培训用目录（main.py import 加 --at）</translation>
    </message>
    <message>
        <source>it is a folder without files to import</source>
        <translation>这个文件夹里没有可导入的文件</translation>
    </message>
    <message>
        <source>it has a header and no rows</source>
        <translation>只有表头，没有内容</translation>
    </message>
    <message>
        <source>it is an old spreadsheet; save the sheet as XLSX or CSV</source>
        <translation>这是旧版表格，请另存为 XLSX 或 CSV</translation>
    </message>
    <message>
        <source>it is an archive or another spreadsheet; save the sheet as XLSX or CSV</source>
        <translation>这是压缩包或其他表格，请另存为 XLSX 或 CSV</translation>
    </message>
    <message>
        <source>it is a damaged spreadsheet or archive</source>
        <translation>表格或压缩包已损坏</translation>
    </message>
    <message>
        <source>it is a damaged workbook ({error})</source>
        <translation>工作簿已损坏（{error}）</translation>
    </message>
    <message>
        <source>it is not text in UTF-8, UTF-16 or GBK</source>
        <translation>不是 UTF-8、UTF-16 或 GBK 文本</translation>
    </message>
    <message>
        <source>line {line} is no table row ({error})</source>
        <translation>第 {line} 行不是表格行（{error}）</translation>
    </message>
    <message>
        <source>column {column} stands twice in the header</source>
        <translation>表头中 {column} 列出现两次</translation>
    </message>
    <message>
        <source>it looks like {file_kind}, but has no column {columns}</source>
        <translation>像是{file_kind}文件，但缺少列 {columns}</translation>
    </message>
    <message>
        <source>it is no kind of file we know; its first line is: {first}</source>
        <translation>无法识别的文件，首行是：{first}</translation>
    </message>
    <message>
        <source>it is no record of matches</source>
        <translation>这不是比赛记录</translation>
    </message>
    <message>
        <source>its JSON is broken ({error})</source>
        <translation>JSON 不完整（{error}）</translation>
    </message>
    <message>
        <source>its JSON is nested too deeply or has a number that is too long</source>
        <translation>JSON 层数过深或数字过长</translation>
    </message>
    <message>
        <source>it is JSON and no seat plan: there are no zones</source>
        <translation>是 JSON 但不是座位图：没有分区</translation>
    </message>
    <message>
        <source>it seems to be an archive or a spreadsheet; take the XML file out of it</source>
        <translation>像是压缩包或电子表格，请取出其中的 XML 文件</translation>
    </message>
    <message>
        <source>it seems to be a PDF for people; ask the bank for the XML file</source>
        <translation>像是供人阅读的 PDF，请向银行索取 XML 文件</translation>
    </message>
    <message>
        <source>it seems to be a web page, perhaps the one to sign in; download the file again</source>
        <translation>像是网页，可能是登录页，请重新下载文件</translation>
    </message>
    <message>
        <source>it seems to be a statement of the older kind (MT940); ask the bank for camt.053</source>
        <translation>像是旧式对账单（MT940），请向银行索取 camt.053</translation>
    </message>
    <message>
        <source>it seems to be encrypted or signed; open it with the program of the bank first</source>
        <translation>像是加密或签名的文件，请先用银行的程序打开</translation>
    </message>
    <message>
        <source>it seems to be JSON, not a file of a bank</source>
        <translation>像是 JSON，不是银行文件</translation>
    </message>
    <message>
        <source>it seems to be a table or text, such as a bill, not XML of a bank</source>
        <translation>像是表格或文本（如账单），不是银行的 XML</translation>
    </message>
    <message>
        <source>it seems to be no text at all</source>
        <translation>像是根本不是文本</translation>
    </message>
    <message>
        <source>it seems to be XML of another kind; its first element is {element}</source>
        <translation>像是其他类型的 XML，首个元素是 {element}</translation>
    </message>
    <message>
        <source>it seems to be orders to a bank (pain.001), such as we send ourselves</source>
        <translation>像是给银行的付款指令（pain.001），即我方自己发出的那种</translation>
    </message>
    <message>
        <source>it seems to be a bank's answer to orders (pain.002)</source>
        <translation>像是银行对指令的答复（pain.002）</translation>
    </message>
    <message>
        <source>it seems to be an account statement (camt.053)</source>
        <translation>像是账户对账单（camt.053）</translation>
    </message>
    <message>
        <source>it seems to be a notice of bookings (camt.054)</source>
        <translation>像是入账通知（camt.054）</translation>
    </message>
    <message>
        <source>it seems to be a report within the day (camt.052), which proves no booking</source>
        <translation>像是日间报告（camt.052），不能证明已入账</translation>
    </message>
    <message>
        <source>it seems to be another message of ISO 20022 ({message})</source>
        <translation>像是另一种 ISO 20022 报文（{message}）</translation>
    </message>
    <message>
        <source>it is no message of ISO 20022: its namespace is {namespace}; ask the bank for camt.053, camt.054 or pain.002</source>
        <translation>这不是 ISO 20022 报文，其命名空间是 {namespace}；请向银行索取 camt.053、camt.054 或 pain.002</translation>
    </message>
    <message>
        <source>it holds {count} messages; import them one by one</source>
        <translation>其中有 {count} 个报文，请逐个导入</translation>
    </message>
    <message>
        <source>it declares a document type or entities, which no file of a bank does</source>
        <translation>其中声明了文档类型或实体，银行文件不会如此</translation>
    </message>
    <message>
        <source>its XML is broken or cut off in line {line}; download it again</source>
        <translation>其 XML 在第 {line} 行损坏或中断，请重新下载</translation>
    </message>
    <message>
        <source>{element} is missing in line {line}</source>
        <translation>第 {line} 行缺少 {element}</translation>
    </message>
    <message>
        <source>{element} in line {line} is not an amount with at most two decimals</source>
        <translation>第 {line} 行的 {element} 不是最多两位小数的金额</translation>
    </message>
    <message>
        <source>{element} in line {line} is in no currency of two decimals</source>
        <translation>第 {line} 行的 {element} 不是两位小数的币种</translation>
    </message>
    <message>
        <source>{element} in line {line} does not say whether money came or went</source>
        <translation>第 {line} 行的 {element} 未说明是收款还是付款</translation>
    </message>
    <message>
        <source>it does not name its version as it should; read as {message}</source>
        <translation>文件未按规定注明版本，按 {message} 读取</translation>
    </message>
    <message>
        <source>it is wrapped in {element}</source>
        <translation>文件外包了一层 {element}</translation>
    </message>
    <message>
        <source>there is no schema here for {message}; its form was not checked</source>
        <translation>这里没有 {message} 的模式文件，未检查其格式</translation>
    </message>
    <message>
        <source>there is no schema here for {message}; it was checked against {schema}</source>
        <translation>这里没有 {message} 的模式文件，按 {schema} 检查</translation>
    </message>
    <message>
        <source>{message} is a version not known here; read as {schema}, compare what came of it</source>
        <translation>{message} 是这里不认识的版本；已按 {schema} 读取，请核对结果</translation>
    </message>
    <message>
        <source>line {line}: {element} does not stand where {schema} has it, or lacks a part</source>
        <translation>第 {line} 行：{element} 不在 {schema} 规定的位置，或缺少一部分</translation>
    </message>
    <message>
        <source>line {line}: the value of {element} is not as {schema} has it</source>
        <translation>第 {line} 行：{element} 的值不符合 {schema}</translation>
    </message>
    <message>
        <source>{count} more deviations from {schema}</source>
        <translation>另有 {count} 处与 {schema} 不符</translation>
    </message>
    <message>
        <source>line {line}: the date in {element} cannot be read</source>
        <translation>第 {line} 行：{element} 中的日期无法读取</translation>
    </message>
    <message>
        <source>the balances of {account} do not add up: {opening} and entries of {entries} are not {closing}</source>
        <translation>账户 {account} 的余额不平：{opening} 加分录 {entries} 不等于 {closing}</translation>
    </message>
    <message>
        <source>{account} has no opening and closing balance to check the entries against</source>
        <translation>账户 {account} 没有期初和期末余额，无法核对分录</translation>
    </message>
    <message>
        <source>the summary of {account} counts {said} entries, there are {count}</source>
        <translation>账户 {account} 的汇总写有 {said} 笔分录，实有 {count} 笔</translation>
    </message>
    <message>
        <source>line {line}: the entry is {amount}, its transactions are {parts}</source>
        <translation>第 {line} 行：分录为 {amount}，其中交易合计 {parts}</translation>
    </message>
    <message>
        <source>line {line}: the entry counts {said} transactions, there are {count}</source>
        <translation>第 {line} 行：分录写有 {said} 笔交易，实有 {count} 笔</translation>
    </message>
    <message>
        <source>line {line}: transactions without amounts; read as one booking</source>
        <translation>第 {line} 行：交易没有金额，按一笔入账读取</translation>
    </message>
    <message>
        <source>line {line}: an entry in {currency} in an account in {wanted}</source>
        <translation>第 {line} 行：{wanted} 账户中有 {currency} 分录</translation>
    </message>
    <message>
        <source>it is marked as a copy or a duplicate</source>
        <translation>文件标明是副本或重复件</translation>
    </message>
    <message>
        <source>line {line}: status {status} is not known here; it is taken as open</source>
        <translation>第 {line} 行：状态 {status} 不认识，按未决处理</translation>
    </message>
    <message>
        <source>{number} is refused in one place and taken on in another; it is taken as open</source>
        <translation>{number} 一处被拒绝、另一处被受理，按未决处理</translation>
    </message>
    <message>
        <source>{number} is refused because the bank has it already; it is taken as open</source>
        <translation>{number} 因银行已有该笔而被拒绝，按未决处理</translation>
    </message>
    <message>
        <source>line {line}: an answer without the number of its transfer</source>
        <translation>第 {line} 行：答复没有注明转账编号</translation>
    </message>
    <message>
        <source>it answers orders numbered {number}, which were not made here</source>
        <translation>它答复的付款指令（编号 {number}）不是在此生成的</translation>
    </message>
    <message>
        <source>it is of the account ending in {account}, which is not ours</source>
        <translation>它属于尾号 {account} 的账户，不是我方账户</translation>
    </message>
    <message>
        <source>its number has to be 1 to 35 plain letters, digits and signs</source>
        <translation>编号须为 1 至 35 个普通字母、数字和符号</translation>
    </message>
    <message>
        <source>it stands in the batch twice</source>
        <translation>在批次中出现了两次</translation>
    </message>
    <message>
        <source>its amount has to be above zero</source>
        <translation>金额必须大于零</translation>
    </message>
    <message>
        <source>its amount is more than a file can hold</source>
        <translation>金额超过文件所能容纳</translation>
    </message>
    <message>
        <source>transfers are made in CNY and EUR</source>
        <translation>只能以人民币（CNY）和欧元（EUR）转账</translation>
    </message>
    <message>
        <source>a batch is of one currency; make one for each</source>
        <translation>一个批次只能有一种币种，请分开制作</translation>
    </message>
    <message>
        <source>the name is empty, or has no letter that this bank takes</source>
        <translation>户名为空，或没有该银行接受的字母</translation>
    </message>
    <message>
        <source>the IBAN is wrong; check its digits</source>
        <translation>IBAN 有误，请核对数字</translation>
    </message>
    <message>
        <source>the account number has to be 5 to 34 letters and digits</source>
        <translation>账号须为 5 至 34 个字母和数字</translation>
    </message>
    <message>
        <source>the BIC has to be 8 or 11 letters and digits</source>
        <translation>BIC 须为 8 或 11 个字母和数字</translation>
    </message>
    <message>
        <source>the bank number has to be 12 digits</source>
        <translation>联行号须为 12 位数字</translation>
    </message>
    <message>
        <source>there is nothing to transfer</source>
        <translation>没有可转账的内容</translation>
    </message>
    <message>
        <source>orders are not written as {message}</source>
        <translation>不能按 {message} 写指令</translation>
    </message>
    <message>
        <source>an amount in fen, without a point</source>
        <translation>以分为单位的金额，不带小数点</translation>
    </message>
    <message>
        <source>an amount below ten billion yuan</source>
        <translation>小于一百亿元的金额</translation>
    </message>
    <message>
        <source>nothing after the totals</source>
        <translation>合计之后没有内容</translation>
    </message>
    <message>
        <source>an amount above zero</source>
        <translation>大于零的金额</translation>
    </message>
    <message>
        <source>an amount in one of the two columns</source>
        <translation>两列金额中恰有一列有数</translation>
    </message>
    <message>
        <source>the amount less the fee</source>
        <translation>金额减去手续费</translation>
    </message>
    <message>
        <source>a time written {pattern}</source>
        <translation>按 {pattern} 书写的时间</translation>
    </message>
    <message>
        <source>a number, not a formula</source>
        <translation>编号，而不是公式</translation>
    </message>
    <message>
        <source>a whole number; a spreadsheet has cut this one off, use the file as it was downloaded</source>
        <translation>完整的编号；此编号已被电子表格截断，请使用下载的原文件</translation>
    </message>
    <message>
        <source>it is the bill of merchant {found}, and ours is {wanted}</source>
        <translation>它是商户 {found} 的账单，我方商户号是 {wanted}</translation>
    </message>
    <message>
        <source>line {line}, column {column}: {value} stands there, {expected} should</source>
        <translation>第 {line} 行“{column}”列：写着 {value}，应为{expected}</translation>
    </message>
    <message>
        <source>line {line}, column {column}: it is empty, {expected} should stand there</source>
        <translation>第 {line} 行“{column}”列：为空，应有{expected}</translation>
    </message>
    <message>
        <source>line {line} has {value} instead of {expected}; it breaks at column {column}</source>
        <translation>第 {line} 行有 {value}，应为 {expected}；从“{column}”列起不对</translation>
    </message>
    <message>
        <source>line {line}, column {column}: it states {stated}, the lines come to {counted}</source>
        <translation>第 {line} 行“{column}”列：写明 {stated}，各行合计为 {counted}</translation>
    </message>
    <message>
        <source>it ends at line {line} without its totals, so it may be cut off</source>
        <translation>文件到第 {line} 行结束，没有合计，可能被截断</translation>
    </message>
    <message>
        <source>it has no line that was understood</source>
        <translation>没有一行能够识别</translation>
    </message>
    <message>
        <source>a column with our number or one with theirs</source>
        <translation>我方单号列或对方单号列</translation>
    </message>
    <message>
        <source>a column of types with charge_words and refund_words, or sign: sign or columns</source>
        <translation>类型列及 charge_words 和 refund_words，或将 sign 写为 sign 或 columns</translation>
    </message>
    <message>
        <source>both state and done_words, or neither</source>
        <translation>state 与 done_words 须同时填写或都不填</translation>
    </message>
    <message>
        <source>a pattern of YYYY, MM, DD and perhaps HH, mm, ss, each once</source>
        <translation>由 YYYY、MM、DD 及可选的 HH、mm、ss 组成的格式，每项一次</translation>
    </message>
    <message>
        <source>a name no other row has</source>
        <translation>其他行没有用过的名称</translation>
    </message>
    <message>
        <source>it holds no rows that map a file; they need the columns {columns}</source>
        <translation>其中没有对应文件的行；这些行需要列 {columns}</translation>
    </message>
    <message>
        <source>line {line}, column {column} says {value}, but should hold {expected}</source>
        <translation>第 {line} 行 {column} 列写的是 {value}，应为{expected}</translation>
    </message>
    <message>
        <source>it is no bill; it seems to be {seems}</source>
        <translation>这不是账单，看来是{seems}</translation>
    </message>
    <message>
        <source>it is no bill; it looks like {seems}, which main.py import reads</source>
        <translation>这不是账单，看来是{seems}，请用 main.py import 读取</translation>
    </message>
    <message>
        <source>it looks like {party}, but lacks columns: {columns}</source>
        <translation>看来是{party}，但缺少列：{columns}</translation>
    </message>
    <message>
        <source>it is no bill of a kind we know; its first line is: {first}</source>
        <translation>不是已知种类的账单；其第一行是：{first}</translation>
    </message>
    <message>
        <source>a trade bill of WeChat Pay</source>
        <translation>微信支付交易账单</translation>
    </message>
    <message>
        <source>a business bill of Alipay</source>
        <translation>支付宝业务明细账单</translation>
    </message>
    <message>
        <source>the fund bill of WeChat Pay (资金账单); the trade bill (交易账单) is wanted</source>
        <translation>微信支付资金账单；需要的是交易账单</translation>
    </message>
    <message>
        <source>the account bill of Alipay (账务明细); the business bill (业务明细) is wanted</source>
        <translation>支付宝账务明细；需要的是业务明细</translation>
    </message>
    <message>
        <source>the summary of an Alipay bill; the list of its trades (业务明细) is wanted</source>
        <translation>支付宝账单汇总；需要的是业务明细</translation>
    </message>
    <message>
        <source>the payments of a private WeChat account, not those of the merchant</source>
        <translation>个人微信的支付记录，不是商户账单</translation>
    </message>
    <message>
        <source>the payments of a private Alipay account, not those of the merchant</source>
        <translation>个人支付宝的交易记录，不是商户账单</translation>
    </message>
    <message>
        <source>a table of a bank account; bank statements are read as camt.053 or camt.054</source>
        <translation>银行账户明细表；银行对账单请用 camt.053 或 camt.054</translation>
    </message>
    <message>
        <source>a bank statement (camt), which is read as such</source>
        <translation>银行对账单（camt），请按银行对账单读取</translation>
    </message>
    <message>
        <source>an order to a bank or its answer (pain)</source>
        <translation>银行付款指令或其回执（pain）</translation>
    </message>
    <message>
        <source>XML</source>
        <translation>XML 文件</translation>
    </message>
    <message>
        <source>a web page, perhaps of an error; download it again</source>
        <translation>网页，可能是出错页面；请重新下载</translation>
    </message>
    <message>
        <source>an answer of the payment company that says there is no bill</source>
        <translation>支付公司的应答，表示没有账单</translation>
    </message>
    <message>
        <source>it is a {kind} file, not a table</source>
        <translation>这是 {kind} 文件，不是表格</translation>
    </message>
    <message>
        <source>it is an archive with a password; unpack it</source>
        <translation>这是带密码的压缩包，请先解压</translation>
    </message>
    <message>
        <source>it is an archive without CSV files in it</source>
        <translation>压缩包内没有 CSV 文件</translation>
    </message>
    <message>
        <source>it is an archive with {count} files in it</source>
        <translation>压缩包内有 {count} 个文件，过多</translation>
    </message>
    <message>
        <source>there is no column {names}</source>
        <translation>缺少列 {names}</translation>
    </message>
    <message>
        <source>the line has {count} cells, the header {wanted}</source>
        <translation>该行有 {count} 格，表头有 {wanted} 格</translation>
    </message>
    <message>
        <source>it is no CSV</source>
        <translation>不是 CSV 文件</translation>
    </message>
    <message>
        <source>the request is none of ours</source>
        <translation>不是我方的开票申请</translation>
    </message>
    <message>
        <source>request {request} comes twice</source>
        <translation>申请 {request} 重复出现</translation>
    </message>
    <message>
        <source>the status is neither issued nor refused</source>
        <translation>状态既不是 issued 也不是 refused</translation>
    </message>
    <message>
        <source>the number of an invoice has 8 to 20 digits</source>
        <translation>发票号码为 8 至 20 位数字</translation>
    </message>
    <message>
        <source>issued_on wants a day like 2025-09-27</source>
        <translation>issued_on 应为 2025-09-27 形式的日期</translation>
    </message>
    <message>
        <source>it was refused without a reason</source>
        <translation>被拒绝但没有原因</translation>
    </message>
    <message>
        <source>number {number} comes twice</source>
        <translation>号码 {number} 重复出现</translation>
    </message>
    <message>
        <source>number {number} is that of another invoice</source>
        <translation>号码 {number} 属于另一张发票</translation>
    </message>
    <message>
        <source>this request was never filed</source>
        <translation>此申请从未提交</translation>
    </message>
    <message>
        <source>it was issued as {number} before</source>
        <translation>之前已开具，号码为 {number}</translation>
    </message>
    <message>
        <source>it was refused before</source>
        <translation>之前已被拒绝</translation>
    </message>
</context>
<context>
    <name>values</name>
    <message>
        <source>it has 18 digits, the last may be X</source>
        <translation>应为 18 位，末位可为 X</translation>
    </message>
    <message>
        <source>the old 15-digit form is no longer valid</source>
        <translation>15 位旧证号已停用</translation>
    </message>
    <message>
        <source>its check digit does not fit</source>
        <translation>校验位不对</translation>
    </message>
    <message>
        <source>its date of birth does not exist</source>
        <translation>出生日期不存在</translation>
    </message>
    <message>
        <source>no resident ID begins like this</source>
        <translation>居民身份证号不会这样开头</translation>
    </message>
    <message>
        <source>a residence permit begins with 81, 82 or 83</source>
        <translation>居住证号以 81、82 或 83 开头</translation>
    </message>
    <message>
        <source>a home-return permit is H or M with 8 or 10 digits</source>
        <translation>回乡证为 H 或 M 加 8 或 10 位数字</translation>
    </message>
    <message>
        <source>a Taiwan permit has 8 digits</source>
        <translation>台胞证为 8 位数字</translation>
    </message>
    <message>
        <source>a permanent resident card has 15 characters, or 18 from 9</source>
        <translation>永居证为 15 位，或以 9 开头的 18 位</translation>
    </message>
    <message>
        <source>a passport number has 5 to 15 letters and digits</source>
        <translation>护照号为 5 至 15 位字母和数字</translation>
    </message>
    <message>
        <source>the two passport lines are incomplete</source>
        <translation>护照机读码不完整</translation>
    </message>
    <message>
        <source>this kind of document is not known</source>
        <translation>不认识这种证件</translation>
    </message>
    <message>
        <source>on its way</source>
        <translation>已受理</translation>
    </message>
    <message>
        <source>arrived</source>
        <translation>已到账</translation>
    </message>
    <message>
        <source>with no way back</source>
        <translation>无法原路退回</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>filed</source>
        <translation>已提交</translation>
    </message>
    <message>
        <source>paid in part</source>
        <translation>部分付款</translation>
    </message>
    <message>
        <source>going back</source>
        <translation>退款中</translation>
    </message>
    <message>
        <source>being sent</source>
        <translation>发送中</translation>
    </message>
    <message>
        <source>asked for</source>
        <translation>已申请</translation>
    </message>
    <message>
        <source>it is no mail address</source>
        <translation>不是邮箱地址</translation>
    </message>
    <message>
        <source>it is no number of a mobile phone</source>
        <translation>不是手机号码</translation>
    </message>
    <message>
        <source>nothing was paid for it, or all went back</source>
        <translation>未付款或已全部退款</translation>
    </message>
    <message>
        <source>one was asked for already</source>
        <translation>已申请过发票</translation>
    </message>
    <message>
        <source>the channel that sold it issues it</source>
        <translation>由售票渠道开具</translation>
    </message>
    <message>
        <source>it is not paid in full yet</source>
        <translation>尚未付清</translation>
    </message>
    <message>
        <source>a title has 2 to 100 characters</source>
        <translation>抬头为 2 至 100 个字符</translation>
    </message>
    <message>
        <source>the tax number is not right</source>
        <translation>税号不正确</translation>
    </message>
    <message>
        <source>there is no such session</source>
        <translation>没有这个场次</translation>
    </message>
    <message>
        <source>groups of seats want a level</source>
        <translation>成组座位需要指定票档</translation>
    </message>
    <message>
        <source>its places are numbered seats</source>
        <translation>该场次为对号座位</translation>
    </message>
    <message>
        <source>orders are allotted without a level</source>
        <translation>分配订单不指定票档</translation>
    </message>
    <message>
        <source>the session has no such level</source>
        <translation>该场次没有这个票档</translation>
    </message>
    <message>
        <source>it wants postgresql://server/database</source>
        <translation>应为 postgresql://服务器/数据库</translation>
    </message>
    <message>
        <source>in user and password @ : / ? # % and blanks are written %40 %3A %2F %3F %23 …</source>
        <translation>用户名和密码中的 @ : / ? # % 和空格要写成 %40 %3A %2F %3F %23 …</translation>
    </message>
    <message>
        <source>the name or the port of its server cannot be</source>
        <translation>服务器名称或端口不成立</translation>
    </message>
    <message>
        <source>its port is no number from 1 to 65535</source>
        <translation>端口不是 1 到 65535 的数字</translation>
    </message>
    <message>
        <source>a % is followed by two digits or A to F; a % itself is written %25</source>
        <translation>% 后须跟两位数字或 A 到 F；% 本身写成 %25</translation>
    </message>
    <message>
        <source>behind its ? stands something that is no setting of a connection</source>
        <translation>? 后面有不是连接设置的内容</translation>
    </message>
    <message>
        <source>a rehearsal wants one server, not several</source>
        <translation>演练只用一台服务器，不能多台</translation>
    </message>
    <message>
        <source>it is no certificate</source>
        <translation>它不是证书</translation>
    </message>
    <message>
        <source>the address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>the password file (~/.pgpass)</source>
        <translation>密码文件（~/.pgpass）</translation>
    </message>
    <message>
        <source>the central home (main.py central init URL gives it another)</source>
        <translation>中央主文件夹（可用 main.py central init URL 换新）</translation>
    </message>
    <message>
        <source>clerk</source>
        <translation>售票员</translation>
    </message>
    <message>
        <source>pickup desk</source>
        <translation>取票员</translation>
    </message>
    <message>
        <source>supervisor</source>
        <translation>主管</translation>
    </message>
    <message>
        <source>administrator</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>sell tickets</source>
        <translation>售票</translation>
    </message>
    <message>
        <source>hand over tickets</source>
        <translation>交票</translation>
    </message>
    <message>
        <source>open or close a shift</source>
        <translation>开班交班</translation>
    </message>
    <message>
        <source>approve what others do</source>
        <translation>授权</translation>
    </message>
    <message>
        <source>show personal data in clear</source>
        <translation>查看明文个人信息</translation>
    </message>
    <message>
        <source>settle cases</source>
        <translation>处理工单</translation>
    </message>
    <message>
        <source>import files</source>
        <translation>导入文件</translation>
    </message>
    <message>
        <source>look after operators and settings</source>
        <translation>管理操作员和设置</translation>
    </message>
    <message>
        <source>refund tickets</source>
        <translation>退票</translation>
    </message>
    <message>
        <source>exchange tickets</source>
        <translation>换票</translation>
    </message>
    <message>
        <source>void a sale</source>
        <translation>整单作废</translation>
    </message>
    <message>
        <source>take cash to the safe</source>
        <translation>抽大钞缴款</translation>
    </message>
    <message>
        <source>sell beyond a limit</source>
        <translation>超限售票</translation>
    </message>
    <message>
        <source>order</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>order line</source>
        <translation>订单中的票</translation>
    </message>
    <message>
        <source>shift</source>
        <translation>班次</translation>
    </message>
    <message>
        <source>ticket</source>
        <translation>票</translation>
    </message>
    <message>
        <source>payment</source>
        <translation>收款</translation>
    </message>
    <message>
        <source>page</source>
        <translation>票页</translation>
    </message>
    <message>
        <source>request for seats</source>
        <translation>锁座申请</translation>
    </message>
    <message>
        <source>order in review</source>
        <translation>待复核订单</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未结</translation>
    </message>
    <message>
        <source>parked</source>
        <translation>已挂单</translation>
    </message>
    <message>
        <source>reserved</source>
        <translation>已预订</translation>
    </message>
    <message>
        <source>paid</source>
        <translation>已支付</translation>
    </message>
    <message>
        <source>being exchanged</source>
        <translation>换票中</translation>
    </message>
    <message>
        <source>sold</source>
        <translation>已售</translation>
    </message>
    <message>
        <source>returned</source>
        <translation>已退票</translation>
    </message>
    <message>
        <source>released to sale</source>
        <translation>已放票</translation>
    </message>
    <message>
        <source>cleared</source>
        <translation>已清空</translation>
    </message>
    <message>
        <source>issued</source>
        <translation>已出票</translation>
    </message>
    <message>
        <source>void</source>
        <translation>已作废</translation>
    </message>
    <message>
        <source>refunded</source>
        <translation>已退款</translation>
    </message>
    <message>
        <source>exchanged</source>
        <translation>已换票</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>未发出</translation>
    </message>
    <message>
        <source>waiting to be collected</source>
        <translation>待本人领取</translation>
    </message>
    <message>
        <source>decide what a session brings</source>
        <translation>决定场次的退换方式</translation>
    </message>
    <message>
        <source>pay a session back</source>
        <translation>整场退款</translation>
    </message>
    <message>
        <source>match records</source>
        <translation>比赛记录</translation>
    </message>
    <message>
        <source>play has not begun on this court</source>
        <translation>该球场尚未开赛</translation>
    </message>
    <message>
        <source>play is going on already</source>
        <translation>比赛已在进行</translation>
    </message>
    <message>
        <source>play is suspended already</source>
        <translation>比赛已中断</translation>
    </message>
    <message>
        <source>play has ended on this court</source>
        <translation>该球场比赛已结束</translation>
    </message>
    <message>
        <source>the match begins before play did</source>
        <translation>该场比赛早于开赛时间</translation>
    </message>
    <message>
        <source>the match goes on after play ended</source>
        <translation>该场比赛晚于结束时间</translation>
    </message>
    <message>
        <source>the match has no start</source>
        <translation>该场比赛没有开始时间</translation>
    </message>
    <message>
        <source>a completed match has an end</source>
        <translation>完赛的比赛须有结束时间</translation>
    </message>
    <message>
        <source>it ends before it begins</source>
        <translation>结束早于开始</translation>
    </message>
    <message>
        <source>more minutes than have passed</source>
        <translation>分钟数超过实际时长</translation>
    </message>
    <message>
        <source>it is still to come</source>
        <translation>时间尚未到</translation>
    </message>
    <message>
        <source>it is long before the session; look at day, month and year</source>
        <translation>比该场次早得多；请核对年、月、日</translation>
    </message>
    <message>
        <source>it has no time</source>
        <translation>没有时间</translation>
    </message>
    <message>
        <source>what it corrects is not there</source>
        <translation>所更正的记录不存在</translation>
    </message>
    <message>
        <source>it was corrected before; look again</source>
        <translation>该记录已被更正，请重新查看</translation>
    </message>
    <message>
        <source>what it corrects is of another court</source>
        <translation>所更正的记录属于其他球场</translation>
    </message>
    <message>
        <source>play may still go on</source>
        <translation>比赛可能仍在进行</translation>
    </message>
    <message>
        <source>nothing was entered in the play ledger</source>
        <translation>比赛记录中没有任何登记</translation>
    </message>
    <message>
        <source>some tickets have no rain policy</source>
        <translation>部分门票没有适用的雨天规则</translation>
    </message>
    <message>
        <source>nobody has decided yet</source>
        <translation>尚未作出决定</translation>
    </message>
    <message>
        <source>it counts as held</source>
        <translation>视为已举行</translation>
    </message>
    <message>
        <source>its tickets are exchanged, not paid back</source>
        <translation>该场门票只换票，不退款</translation>
    </message>
    <message>
        <source>its session was decided: the run under Play and rain pays it, without a fee</source>
        <translation>该场次已作出决定：由“比赛与雨天”统一退款，不收手续费</translation>
    </message>
    <message>
        <source>it is the same place</source>
        <translation>与原座位相同</translation>
    </message>
    <message>
        <source>the rules do not allow it</source>
        <translation>规则不允许</translation>
    </message>
    <message>
        <source>money would go back that the refund policy does not give</source>
        <translation>按退票规则已不能退款，不能退差价</translation>
    </message>
    <message>
        <source>complimentary tickets bring nothing back</source>
        <translation>赠票不退款</translation>
    </message>
    <message>
        <source>its buyer has had a refund before</source>
        <translation>购票人此前已退过票</translation>
    </message>
    <message>
        <source>that is no operator number</source>
        <translation>这不是操作员编号</translation>
    </message>
    <message>
        <source>that is no name</source>
        <translation>这不是姓名</translation>
    </message>
    <message>
        <source>that PIN cannot be used</source>
        <translation>这个 PIN 不能用</translation>
    </message>
    <message>
        <source>it was used before, or a newer one was made</source>
        <translation>它已经用过，或已有更新的一份</translation>
    </message>
    <message>
        <source>being paid</source>
        <translation>支付中</translation>
    </message>
    <message>
        <source>successful</source>
        <translation>成功</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>被拒</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>without a known result</source>
        <translation>结果未知</translation>
    </message>
    <message>
        <source>reversed</source>
        <translation>已冲正</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>waiting for the printer</source>
        <translation>等待打印</translation>
    </message>
    <message>
        <source>being printed</source>
        <translation>打印中</translation>
    </message>
    <message>
        <source>printed</source>
        <translation>已打印</translation>
    </message>
    <message>
        <source>in doubt</source>
        <translation>存疑</translation>
    </message>
    <message>
        <source>no longer wanted</source>
        <translation>不再打印</translation>
    </message>
    <message>
        <source>requested</source>
        <translation>已申请</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>已申请</translation>
    </message>
    <message>
        <source>granted</source>
        <translation>已同意</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>being given back</source>
        <translation>退回中</translation>
    </message>
    <message>
        <source>given back</source>
        <translation>已退回</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>settled</source>
        <translation>已处理</translation>
    </message>
    <message>
        <source>adult</source>
        <translation>成人</translation>
    </message>
    <message>
        <source>concession</source>
        <translation>优惠</translation>
    </message>
    <message>
        <source>companion</source>
        <translation>陪同</translation>
    </message>
    <message>
        <source>complimentary</source>
        <translation>赠票</translation>
    </message>
    <message>
        <source>wheelchair spaces</source>
        <translation>无障碍</translation>
    </message>
    <message>
        <source>companion seats</source>
        <translation>陪同席</translation>
    </message>
    <message>
        <source>tickets per document</source>
        <translation>每证限购</translation>
    </message>
    <message>
        <source>tickets per phone</source>
        <translation>每手机号限购</translation>
    </message>
    <message>
        <source>tickets in one basket</source>
        <translation>每单限购</translation>
    </message>
    <message>
        <source>seats in zone</source>
        <translation>分区上限</translation>
    </message>
    <message>
        <source>seat plan</source>
        <translation>座位图</translation>
    </message>
    <message>
        <source>courts</source>
        <translation>场馆</translation>
    </message>
    <message>
        <source>access</source>
        <translation>可进场馆</translation>
    </message>
    <message>
        <source>prices</source>
        <translation>票价</translation>
    </message>
    <message>
        <source>refund policy</source>
        <translation>退票政策</translation>
    </message>
    <message>
        <source>rain policy</source>
        <translation>雨天政策</translation>
    </message>
    <message>
        <source>sessions</source>
        <translation>场次</translation>
    </message>
    <message>
        <source>rules</source>
        <translation>限购与实名规则</translation>
    </message>
    <message>
        <source>orders sold before</source>
        <translation>预售订单</translation>
    </message>
    <message>
        <source>the session is over</source>
        <translation>场次已结束</translation>
    </message>
    <message>
        <source>only the whole order may be returned</source>
        <translation>只能整单退</translation>
    </message>
    <message>
        <source>the policy pays nothing back any more</source>
        <translation>已过可退时间</translation>
    </message>
    <message>
        <source>it was sold without a refund policy</source>
        <translation>售出时没有退票规定</translation>
    </message>
    <message>
        <source>it was not sold at a window</source>
        <translation>不是窗口售出的</translation>
    </message>
    <message>
        <source>it was not handed over yet</source>
        <translation>还没有交票</translation>
    </message>
    <message>
        <source>somebody else has this number</source>
        <translation>工号已有人用</translation>
    </message>
    <message>
        <source>it is no enrolment file, or only part of one</source>
        <translation>它不是注册文件，或不完整</translation>
    </message>
    <message>
        <source>a newer program wrote it</source>
        <translation>它由更新版本的程序写成</translation>
    </message>
    <message>
        <source>a newer one was made, or the window retired</source>
        <translation>已生成更新的文件，或该窗口已停用</translation>
    </message>
    <message>
        <source>it is for other central records</source>
        <translation>它属于其他中央记录</translation>
    </message>
    <message>
        <source>it is for another window</source>
        <translation>它属于另一个窗口</translation>
    </message>
    <message>
        <source>this home has work that central has not got yet</source>
        <translation>此主目录有中央尚未收到的业务</translation>
    </message>
    <message>
        <source>this home has central records in a file of its own</source>
        <translation>此主目录的中央记录在自己的文件中</translation>
    </message>
    <message>
        <source>they were made on another computer</source>
        <translation>它们是在另一台电脑上建立的</translation>
    </message>
    <message>
        <source>they also lie in another folder of this computer</source>
        <translation>本机另一文件夹里也有同一份</translation>
    </message>
    <message>
        <source>newer ones were at work on this computer before</source>
        <translation>本机曾使用过更新的一份</translation>
    </message>
    <message>
        <source>central has heard from newer ones</source>
        <translation>中央已收到更新的一份所报</translation>
    </message>
    <message>
        <source>another program is at work with the same ones</source>
        <translation>另一程序正在使用同一份</translation>
    </message>
    <message>
        <source>a newer connection of this window exists</source>
        <translation>本窗口已有更新的连接</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>没有这个文件</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>no right to that file</source>
        <translation>没有该文件的权限</translation>
    </message>
    <message>
        <source>the disk is read-only</source>
        <translation>磁盘只读</translation>
    </message>
    <message>
        <source>the disk fails</source>
        <translation>磁盘故障</translation>
    </message>
    <message>
        <source>nothing answers at its address</source>
        <translation>其地址无人应答</translation>
    </message>
    <message>
        <source>the name of its server is not known here</source>
        <translation>本机找不到其服务器名称</translation>
    </message>
    <message>
        <source>there is no way to its server</source>
        <translation>没有通往其服务器的网络</translation>
    </message>
    <message>
        <source>it takes too long to answer</source>
        <translation>应答超时</translation>
    </message>
    <message>
        <source>its server has too many connections</source>
        <translation>其服务器连接过多</translation>
    </message>
    <message>
        <source>its server is starting or stopping</source>
        <translation>其服务器正在启动或停止</translation>
    </message>
    <message>
        <source>none of its servers can be written to</source>
        <translation>其服务器均不可写入</translation>
    </message>
    <message>
        <source>its certificate is out of date</source>
        <translation>其证书已过期</translation>
    </message>
    <message>
        <source>its certificate is for another name</source>
        <translation>其证书与名称不符</translation>
    </message>
    <message>
        <source>it speaks in clear only</source>
        <translation>它只用明文通信</translation>
    </message>
    <message>
        <source>its certificate is not of anybody trusted here</source>
        <translation>其证书不受本机信任</translation>
    </message>
    <message>
        <source>its server does not allow that to this login</source>
        <translation>服务器不允许该登录这样做</translation>
    </message>
    <message>
        <source>its server does not let this login in from here</source>
        <translation>服务器不让该登录从这里进入</translation>
    </message>
    <message>
        <source>its server wants another proof than a password</source>
        <translation>服务器要求密码以外的验证方式</translation>
    </message>
    <message>
        <source>its address holds a setting that cannot be</source>
        <translation>地址中有不成立的设置</translation>
    </message>
    <message>
        <source>its database is not there</source>
        <translation>其数据库不存在</translation>
    </message>
    <message>
        <source>the line broke</source>
        <translation>线路中断</translation>
    </message>
    <message>
        <source>changes of this reservation are not reported yet</source>
        <translation>此预约的变更尚未上报</translation>
    </message>
    <message>
        <source>the account number is wrong</source>
        <translation>账号有误</translation>
    </message>
    <message>
        <source>the payee's account number is wrong</source>
        <translation>收款人账号有误</translation>
    </message>
    <message>
        <source>the account is closed</source>
        <translation>账户已注销</translation>
    </message>
    <message>
        <source>our own account is closed</source>
        <translation>我方账户已注销</translation>
    </message>
    <message>
        <source>the account is blocked</source>
        <translation>账户被冻结</translation>
    </message>
    <message>
        <source>the payee's account is closed</source>
        <translation>收款人账户已注销</translation>
    </message>
    <message>
        <source>the account may not take transfers</source>
        <translation>该账户不能接收转账</translation>
    </message>
    <message>
        <source>our account is short</source>
        <translation>我方账户余额不足</translation>
    </message>
    <message>
        <source>the bank has this order already</source>
        <translation>银行已有这笔指令</translation>
    </message>
    <message>
        <source>the name does not go with the account</source>
        <translation>户名与账号不符</translation>
    </message>
    <message>
        <source>the bank has this file already</source>
        <translation>银行已有这份文件</translation>
    </message>
    <message>
        <source>the bank could not read the file</source>
        <translation>银行无法读取文件</translation>
    </message>
    <message>
        <source>the holder of the account died</source>
        <translation>账户持有人已故</translation>
    </message>
    <message>
        <source>the payee does not want it; no reason was given</source>
        <translation>收款人不接受，未说明原因</translation>
    </message>
    <message>
        <source>the bank gives no reason</source>
        <translation>银行未说明原因</translation>
    </message>
    <message>
        <source>the number of the bank is wrong</source>
        <translation>银行行号有误</translation>
    </message>
    <message>
        <source>it came after the bank's hours</source>
        <translation>已过银行受理时间</translation>
    </message>
</context>
</TS>
