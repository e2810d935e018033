"""The words in which a waiting list explains itself."""

WORDING: dict[str, dict[str, str]] = {
    "first_come_whole_party": {
        "en": "A freed place is offered to who has waited longest. A party is placed whole or not "
        "at all; until the first party fits, everybody waits. An offer that is not answered in "
        "time goes to the next.",
        "zh-CN": "空出的名额按候补先后依次通知。同行者整体安排，不拆分；排在首位者未能安排前，"
        "其后均须等候。逾期未答复的，名额给予下一位。",
    },
    "no_place_free": {
        "en": "{free} places were free for a party of {party_size}: on the list at position "
        "{position}.",
        "zh-CN": "剩余 {free} 个名额，您需要 {party_size} 个：进入候补，第 {position} 位。",
    },
    "others_wait_longer": {
        "en": "Others wait longer: on the list at position {position}.",
        "zh-CN": "前面已有候补：第 {position} 位。",
    },
    "place_freed": {
        "en": "A place became free and was offered until {offer_expires_at}.",
        "zh-CN": "有名额空出，已向您发出通知，保留至 {offer_expires_at}。",
    },
    "party_does_not_fit_yet": {
        "en": "{free} places became free, the party has {party_size}: it stays first in line.",
        "zh-CN": "空出 {free} 个名额，同行共 {party_size} 人，暂不足够：仍排在首位。",
    },
    "too_near_the_start": {
        "en": "A place became free too near the start for an offer; please ask at the door.",
        "zh-CN": "名额空出时已临近开始，不再发出通知；请到现场询问。",
    },
    "offer_accepted": {"en": "The offer was accepted.", "zh-CN": "已接受名额。"},
    "offer_declined": {
        "en": "The offer was declined; the place went to the next.",
        "zh-CN": "已放弃名额，名额给予下一位。",
    },
    "offer_expired_unanswered": {
        "en": "The offer was not answered in time; the place went to the next.",
        "zh-CN": "未在期限内答复，名额给予下一位。",
    },
    "left_the_list": {"en": "The wait was given up.", "zh-CN": "已退出候补。"},
    "let_in_at_the_door": {"en": "Let in at the door.", "zh-CN": "已在现场入场。"},
    "back_in_line": {
        "en": "That was a mistake at the door: in line as before.",
        "zh-CN": "入场登记有误：候补位置恢复原状。",
    },
    "activity_moved": {
        "en": "The activity was moved; it now starts at {starts_at}. The place in line holds.",
        "zh-CN": "活动已调整，现于 {starts_at} 开始；候补位置不变。",
    },
    "activity_cancelled": {"en": "The activity was cancelled.", "zh-CN": "活动已取消。"},
    "activity_closed": {
        "en": "The activity is over; no place became free in time.",
        "zh-CN": "活动已结束，未能空出名额。",
    },
}
