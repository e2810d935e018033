"""The words for how it stands with a room, and for why the booking service refused it."""

WORDING: dict[str, dict[str, str]] = {
    "room_none": {"en": "It needs no room of ours.", "zh-CN": "不需要馆内空间。"},
    "room_requested": {
        "en": "The room is asked for; the answer is on its way.",
        "zh-CN": "已申请空间，等待答复。",
    },
    "room_held": {"en": "The room is held.", "zh-CN": "空间已保留。"},
    "room_refused": {
        "en": "The room cannot be had then.",
        "zh-CN": "该时段无法使用此空间。",
    },
    "room_given_back": {"en": "The room was given back.", "zh-CN": "空间已归还。"},
    "room_moved": {
        "en": "The room was given back because the draft moved.",
        "zh-CN": "方案已改动，原空间已归还。",
    },
    "room_draft_hold_expired": {
        "en": "The draft kept the room too long; it was given back. Ask again to publish.",
        "zh-CN": "草稿占用空间过久，空间已归还；发布前请重新申请。",
    },
    "room_activity_cancelled": {
        "en": "The room was given back because the activity was cancelled.",
        "zh-CN": "活动已取消，空间已归还。",
    },
    "room_draft_deleted": {
        "en": "The room was given back because the draft was thrown away.",
        "zh-CN": "草稿已删除，空间已归还。",
    },
    "room_released_by_booking": {
        "en": "The room was taken away; ask again or choose another.",
        "zh-CN": "空间已被收回，请重新申请或另选空间。",
    },
    "move_requested": {
        "en": "The other room is asked for; until the answer comes nothing has changed.",
        "zh-CN": "已申请新的空间；答复之前，一切照旧。",
    },
    "move_refused": {
        "en": "The move is not possible as it was asked for; nothing has changed.",
        "zh-CN": "无法按此调整；一切照旧。",
    },
    "move_released_by_booking": {
        "en": "The other room was taken away before the activity moved; nothing has changed.",
        "zh-CN": "新的空间在调整前已被收回；一切照旧。",
    },
    "room_refused_activity_has_begun": {
        "en": "The answer came after the activity had begun, or people were there.",
        "zh-CN": "答复到达时活动已经开始，或已有人到场。",
    },
    "room_refused_slot_taken": {
        "en": "Somebody else has it for part of that time, set-up and tear-down included.",
        "zh-CN": "该时段（含布置与撤场）已有其他安排。",
    },
    "room_refused_space_closed": {
        "en": "It is not open throughout that time.",
        "zh-CN": "该时段内空间不全程开放。",
    },
    "room_refused_party_too_large": {
        "en": "It does not hold that many people.",
        "zh-CN": "空间容纳不下这么多人。",
    },
    "room_refused_space_out_of_use": {
        "en": "It is out of use.",
        "zh-CN": "该空间已停用。",
    },
    "room_refused_space_unknown": {
        "en": "The booking service does not know this space.",
        "zh-CN": "预约系统中没有这个空间。",
    },
    "room_refused_in_the_past": {"en": "That time has passed.", "zh-CN": "该时段已过。"},
    "room_refused_ends_before_start": {
        "en": "It would end before it starts.",
        "zh-CN": "结束时间早于开始时间。",
    },
}
