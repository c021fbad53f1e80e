"""Words that stand in files: column names and values in Chinese, and what they are called here."""

from __future__ import annotations

ALIASES: dict[str, tuple[str, ...]] = {
    "session": ("场次", "场次编号", "场次代码", "session_code", "session id"),
    "date": ("日期", "比赛日", "day"),
    "courts": ("球场", "场馆", "球场列表"),
    "court": ("球场", "场馆", "球场代码"),
    "kind": ("类型", "场次类型"),
    "name_zh": ("中文名", "中文名称", "名称"),
    "name_en": ("英文名", "英文名称"),
    "gates_open": ("开门", "开门时间", "入场时间", "gates"),
    "starts_at": ("开赛", "开赛时间", "开始时间", "start", "starts"),
    "price_plan": ("价格方案", "票价方案"),
    "unnumbered_capacity": ("无座容量", "非对号容量", "不对号容量"),
    "real_name": ("实名", "实名制", "实名要求"),
    "policy": ("政策", "退票政策", "规则"),
    "seat_plan": ("座位图", "座位图名称"),
    "nominal_capacity": ("标称容量", "名义容量"),
    "saleable_capacity": ("可售容量", "可售座位"),
    "approved_capacity": ("核定容量", "批准容量"),
    "roof": ("顶棚", "屋顶"),
    "opens_courts": ("可进球场", "可入球场", "开放球场"),
    "category": ("票档", "价位", "档位", "level", "price level"),
    "ticket_type": ("票种", "票类", "type"),
    "price_yuan": ("票价", "价格", "票价(元)", "price", "price (cny)"),
    "order_no": ("订单号", "订单编号", "单号", "order", "order number"),
    "pickup_code": ("取票码", "取票凭证", "pickup"),
    "channel": ("渠道", "销售渠道"),
    "paid_at": ("支付时间", "付款时间", "paid"),
    "buyer": ("购票人", "买家", "姓名", "buyer name"),
    "phone": ("手机", "手机号", "电话", "mobile"),
    "section": ("区", "看台", "区域", "zone", "block"),
    "row": ("排", "排号"),
    "seat": ("座", "座位", "座号", "座位号"),
    "attendee": ("观赛人", "观众", "观众姓名", "attendee name"),
    "document_type": ("证件类型", "证件种类", "id type"),
    "document_no": ("证件号", "证件号码", "document", "document number", "id no", "id number"),
    "status": ("状态", "订单状态"),
    "valid_from": ("生效日期", "生效日", "起始日期", "valid since", "effective from"),
    "until_hours_before_start": (
        *("开赛前小时", "开赛前小时数", "开赛前", "截止开赛前", "hours before start"),
        *("until before start", "before start"),
    ),
    "until_hours_after_purchase": (
        *("购票后小时", "购票后小时数", "购票后", "购票后多久内", "支付后小时", "下单后小时"),
        *("hours after purchase", "until after purchase", "after purchase"),
    ),
    "until_at": ("截止时间", "截至", "截止", "截止日期", "until", "deadline"),
    "inclusive": ("含截止", "包含", "含端点", "是否含截止", "end inclusive"),
    "fee_percent": (
        *("手续费百分比", "手续费率", "手续费%", "手续费比例", "退票费率", "退票手续费率"),
        *("fee %", "fee percent", "fee rate"),
    ),
    "refund_percent": ("退款比例", "退还比例", "退款百分比", "退款%", "refund %", "refund rate"),
    "fee_yuan": (
        *("手续费", "手续费元", "手续费(元)", "退票费", "退票手续费", "固定手续费"),
        *("fixed fee", "fee (cny)", "fee cny"),
    ),
    "fee_base": ("手续费基数", "计费基数", "fee of"),
    "handling_percent": (
        *("渠道费率", "渠道费", "渠道手续费率", "支付手续费率", "服务费率", "通道费率"),
        *("handling %", "handling", "handling fee", "handling rate"),
    ),
    "handling_base": ("渠道费基数", "渠道费基准", "handling of"),
    "least_fee_yuan": (
        *("最低手续费", "最低手续费(元)", "最低收取", "手续费下限", "起收"),
        *("least fee", "minimum fee", "min fee", "min_fee_yuan"),
    ),
    "most_fee_yuan": (
        *("最高手续费", "最高手续费(元)", "最高收取", "手续费上限", "封顶"),
        *("most fee", "maximum fee", "max fee", "max_fee_yuan", "cap"),
    ),
    "per": ("按", "计费单位", "收取方式", "计费方式", "charged per"),
    "whole_order_only": ("仅整单", "须整单", "整单退", "仅限整单", "whole order"),
    "once_per_buyer": ("每人一次", "每人限一次", "同一购票人再次退票", "once per customer"),
    "complimentary_excluded": ("不含赠票", "赠票不退", "赠票除外", "comps excluded"),
    "resale_after_minutes": ("转售间隔分钟", "退票后可售(分钟)", "重新上架分钟"),
    "note_zh": ("中文说明", "说明", "备注"),
    "note_en": ("英文说明", "note", "notes"),
    "held_if_matches_completed": (
        *("完赛场数", "完成场数视为已举行", "视为已举行完赛场数", "matches completed"),
    ),
    "held_if_minutes_over": (
        *("超过分钟", "超过分钟视为已举行", "视为已举行分钟", "minutes over"),
    ),
    "held_needs": ("条件关系", "满足条件", "needs"),
    "half_if_matches_completed": ("退半完赛场数", "半额退款完赛场数", "half matches"),
    "half_if_minutes_over": ("退半超过分钟", "半额退款超过分钟", "half minutes"),
    "half_percent": ("退半比例", "半额退款比例", "half %"),
    "courts_counted": ("计算球场", "统计球场"),
    "courts_together": ("多球场", "多球场取值", "球场合并", "across courts"),
    "minutes_counted": ("计时方式", "分钟口径", "minutes of"),
    "latest_start": ("最晚开赛", "最迟开赛", "最晚开赛时间", "latest start time"),
    "remedy": ("补救", "处理方式", "处置"),
    "refund_value": ("退款基准", "退款金额基准", "refund of"),
    "match": ("比赛", "比赛编号", "对阵", "match no", "match id"),
    "started_at": ("开始时间", "开始", "比赛开始", "start", "started"),
    "ended_at": ("结束时间", "结束", "比赛结束", "end", "ended"),
    "minutes": ("分钟", "分钟数", "比赛分钟", "时长(分钟)", "净比赛时间", "duration"),
    "completed": ("完赛", "是否完赛", "已完成", "是否完成", "finished"),
    "rule": ("规则", "规则名称", "限制"),
    "value": ("值", "取值", "内容"),
}

BASES = {
    **dict.fromkeys(("", "paid", "price paid", "amount paid"), "paid"),
    **dict.fromkeys(("实付", "实付款", "实付金额", "支付金额", "实际支付金额"), "paid"),
    **dict.fromkeys(("face", "face value", "price", "ticket price"), "face"),
    **dict.fromkeys(("票面", "票面价", "票面金额", "票价", "原价"), "face"),
    **dict.fromkeys(("left", "amount refunded", "退款金额", "退还金额", "余款"), "left"),
}
"""What a percentage is taken of."""

VALUES: dict[str, dict[str, str]] = {
    "ticket_type": {
        "成人": "adult",
        "成人票": "adult",
        "优惠": "concession",
        "优惠票": "concession",
        "陪同": "companion",
        "陪同票": "companion",
    },
    "document_type": {
        "身份证": "resident_id",
        "居民身份证": "resident_id",
        "港澳台居民居住证": "hmt_residence",
        "回乡证": "home_return",
        "港澳居民来往内地通行证": "home_return",
        "台胞证": "taiwan_permit",
        "台湾居民来往大陆通行证": "taiwan_permit",
        "外国人永久居留证": "foreign_permanent",
        "外国人永久居留身份证": "foreign_permanent",
        "护照": "passport",
        "户口簿": "household",
    },
    "status": {
        "已支付": "paid",
        "已付款": "paid",
        "已退款": "refunded",
        "已退票": "refunded",
        "已取消": "cancelled",
    },
    "rule": {
        "每证限购": "purchase_limit_per_document",
        "每手机限购": "purchase_limit_per_phone",
        "每单限购": "purchase_limit_per_turn",
        "实名": "real_name",
        "实名制": "real_name",
        "优惠凭证": "concession_proof",
        "分区上限": "capacity_cap",
        "离线售票": "off_line_sale",
        **dict.fromkeys(("换票", "改签", "换票手续费", "换座改签"), "exchange"),
    },
    "exchange": {
        **dict.fromkeys(("换座", "同级换座", "seat change"), "seat"),
        **dict.fromkeys(("补差", "升级", "换档", "upgrade"), "level"),
        **dict.fromkeys(("改签", "换场", "换场次", "move"), "session"),
    },
    "kind": {"日场": "day", "夜场": "night", "外场": "grounds", "欢享票": "grounds"},
    "per": {
        **dict.fromkeys(("每张", "按票", "每票", "每张票", "按张", "张", "票"), "ticket"),
        **dict.fromkeys(("per ticket", "each ticket", "tickets"), "ticket"),
        **dict.fromkeys(("整单", "按单", "每单", "每笔订单", "订单", "单"), "order"),
        **dict.fromkeys(("per order", "whole order", "orders"), "order"),
    },
    "inclusive": {
        **dict.fromkeys(("含", "包含", "含当时", "≤", "<=", "inclusive"), "yes"),
        **dict.fromkeys(("不含", "不包含", "<", "exclusive"), "no"),
    },
    "whole_order_only": {
        **dict.fromkeys(("整单", "仅整单", "须整单", "整单退"), "yes"),
        **dict.fromkeys(("可部分", "部分", "可部分退", "可单张退"), "no"),
    },
    "once_per_buyer": {
        **dict.fromkeys(("", "no", "n", "false", "0", "否", "无", "不限"), "same"),
        **dict.fromkeys(("yes", "y", "true", "1", "是", "一次", "仅一次"), "refused"),
        **dict.fromkeys(("不退", "不予退票", "拒绝", "refuse"), "refused"),
        **dict.fromkeys(("下一档", "按下一档", "按下一档收取", "next step"), "next"),
    },
    "fee_base": BASES,
    "handling_base": BASES,
    "remedy": {
        **dict.fromkeys(("退款", "退票", "退票退款", "原价退款", "money"), "refund"),
        **dict.fromkeys(("换票", "改签", "换场", "改签其他场次", "换其他场次"), "exchange"),
        **dict.fromkeys(("退款或换票", "换票或退款", "退款或改签"), "refund_or_exchange"),
        **dict.fromkeys(("改签或退款", "退换均可", "可退可换", "退换"), "refund_or_exchange"),
        **dict.fromkeys(("refund or exchange", "exchange or refund"), "refund_or_exchange"),
        **dict.fromkeys(("exchange_or_refund", "either"), "refund_or_exchange"),
    },
    "held_needs": {
        **dict.fromkeys(("", "or", "either", "任一", "任一满足", "或"), "any"),
        **dict.fromkeys(("and", "both", "全部", "同时满足", "且"), "all"),
    },
    "courts_counted": {
        **dict.fromkeys(("", "本场次", "本场次球场", "场次球场"), "session"),
        **dict.fromkeys(("可入球场", "可进球场", "全部可入球场", "all opened"), "opened"),
    },
    "courts_together": {
        **dict.fromkeys(("", "平均", "平均值", "mean"), "average"),
        **dict.fromkeys(("任一", "最多", "最大", "any", "max"), "best"),
        **dict.fromkeys(("每个", "最少", "最小", "all", "min"), "every"),
        **dict.fromkeys(("合计", "总计", "sum"), "total"),
    },
    "minutes_counted": {
        **dict.fromkeys(("", "净时间", "净比赛时间", "实际比赛", "不含中断"), "played"),
        **dict.fromkeys(("自开赛起", "含中断", "总时长"), "elapsed"),
    },
    "refund_value": {
        **dict.fromkeys(("", "票面", "票面价", "票价", "face value"), "face"),
        **dict.fromkeys(("实付", "实付金额", "实付款", "price paid"), "paid"),
    },
    "completed": {
        **dict.fromkeys(("完赛", "已完成", "完成", "completed", "finished"), "yes"),
        **dict.fromkeys(("未完成", "未完赛", "中断", "取消", "unfinished"), "no"),
    },
}

FREE = frozenset(
    {
        *("免手续费", "免费", "免费退票", "免费退", "免", "全额", "全额退", "全额退款", "全额退票"),
        *("无手续费", "不收手续费", "不收", "free", "free of charge", "no fee", "full refund"),
    }
)
"""What files say of a fee that is nothing."""
NO_REFUND = frozenset(
    {
        *(
            "none",
            "不退",
            "不予退票",
            "不予退款",
            "不可退",
            "不可退票",
            "不退票",
            "不退款",
            "不能退",
        ),
        *("no refund", "non-refundable", "nonrefundable", "not refundable"),
    }
)
"""What they say where nothing goes back at all."""

YES_NO = {
    "yes": True,
    "y": True,
    "true": True,
    "1": True,
    "是": True,
    "有": True,
    "no": False,
    "n": False,
    "false": False,
    "0": False,
    "否": False,
    "无": False,
}
