"""The words at the door."""

WORDING: dict[str, dict[str, str]] = {
    "admitted": {"en": "Welcome.", "zh-CN": "签到成功。"},
    "already_in": {"en": "Is in already.", "zh-CN": "此前已签到。"},
    "ticket_refused": {"en": "Nobody comes in by this ticket.", "zh-CN": "该入场码无效。"},
    "ticket_unknown": {
        "en": "No ticket has these digits; please check them.",
        "zh-CN": "没有这个入场码，请核对。",
    },
    "ticket_of_another_activity": {
        "en": "This is a ticket for another activity.",
        "zh-CN": "这是另一场活动的入场码。",
    },
    "ticket_cancelled": {
        "en": "This sign-up was given up or has ended; the ticket is no longer good.",
        "zh-CN": "该报名已取消或已失效，入场码不再有效。",
    },
    "ticket_waiting": {
        "en": "This person is on the waiting list and has no place yet.",
        "zh-CN": "该读者仍在候补，尚无名额。",
    },
    "scan_out_of_time": {
        "en": "The scanner's clock shows a time outside this activity.",
        "zh-CN": "扫码设备的时间不在本活动签到时段内。",
    },
    "scan_id_reused": {
        "en": "Another ticket was scanned under this scan's number; please scan this one again.",
        "zh-CN": "该扫码编号已用于另一张入场码，请重新扫码。",
    },
    "no_ticket": {
        "en": "There is no ticket to a sign-up that has ended.",
        "zh-CN": "该报名已终止，没有入场码。",
    },
    "headcount_refused": {
        "en": "This count does not add up: {anonymous} people in all, {counted} in parts.",
        "zh-CN": "人数不符：总数 {anonymous}，分项 {counted}。",
    },
}
