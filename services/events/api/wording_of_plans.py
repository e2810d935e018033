"""The words for planning and running an activity."""

WORDING: dict[str, dict[str, str]] = {
    "plan_refused": {
        "en": "The plan does not work; see violations for every reason.",
        "zh-CN": "该活动方案不可行，原因详见 violations。",
    },
    "title_missing": {
        "en": "Give it a title in Chinese, in English, or both.",
        "zh-CN": "请填写中文或英文标题。",
    },
    "ends_not_after_start": {
        "en": "It must end after it starts and last {longest_days} days at most; it says "
        "{starts_at} to {ends_at}.",
        "zh-CN": "结束时间须晚于开始时间，且不超过 {longest_days} 天；"
        "现为 {starts_at} 至 {ends_at}。",
    },
    "padding_out_of_range": {
        "en": "Set-up and tear-down take 0 to {most} minutes each, not {minutes}.",
        "zh-CN": "布置与撤场时间各为 0 至 {most} 分钟，不能为 {minutes}。",
    },
    "capacity_out_of_range": {
        "en": "There must be 1 to {most} places, not {capacity}.",
        "zh-CN": "名额须为 1 至 {most} 个，不能为 {capacity}。",
    },
    "party_limit_out_of_range": {
        "en": "One sign-up takes at least one place, not {party_limit}.",
        "zh-CN": "每次报名至少 1 个名额，不能为 {party_limit}。",
    },
    "notice_out_of_range": {
        "en": "Offers are kept {least} to {most} minutes, not {offer_minutes}; the notice for "
        "cancelling is not negative ({late_cancel_minutes}).",
        "zh-CN": "候补保留时间为 {least} 至 {most} 分钟（现为 {offer_minutes}）；取消提前量不能为负"
        "（现为 {late_cancel_minutes}）。",
    },
    "signup_window_wrong": {
        "en": "Sign-up must open ({opens_at}) before it closes ({closes_at}), and close no later "
        "than the start ({starts_at}).",
        "zh-CN": "报名开始（{opens_at}）须早于截止（{closes_at}），"
        "截止不得晚于活动开始（{starts_at}）。",
    },
    "signup_window_past": {
        "en": "Sign-up would have closed at {closes_at}, which has passed: nobody could sign up.",
        "zh-CN": "报名截止时间 {closes_at} 已过，将无人能够报名。",
    },
    "space_unknown": {
        "en": "The space {space_id} is unknown or out of use.",
        "zh-CN": "空间 {space_id} 不存在或已停用。",
    },
    "library_unknown": {
        "en": "No space of the library {library_id} is known.",
        "zh-CN": "图书馆 {library_id} 尚无已知空间。",
    },
    "capacity_above_room": {
        "en": "The room holds {room_capacity} people, the plan says {capacity}.",
        "zh-CN": "该空间可容纳 {room_capacity} 人，方案为 {capacity} 人。",
    },
    "place_missing": {
        "en": "Without a space of ours, say the place, the library and the kind of space it counts "
        "for.",
        "zh-CN": "不使用馆内空间时，请注明地点、所属图书馆和空间类型。",
    },
    "not_possible_in_this_status": {
        "en": "This is not possible in the state the activity is in now.",
        "zh-CN": "活动当前的状态下无法进行该操作。",
    },
    "room_not_held": {
        "en": "Only an activity whose room is held can be published.",
        "zh-CN": "空间已保留的活动才能发布。",
    },
    "room_not_wanted": {
        "en": "There is no room to ask for: none is wanted, or it is asked for or held already.",
        "zh-CN": "无需申请空间：未选择空间，或已在申请中、已保留。",
    },
    "no_such_alternative": {
        "en": "This space and time is not among the alternatives any more; look again.",
        "zh-CN": "该空间与时段已不在备选之列，请重新查看。",
    },
    "starts_in_the_past": {
        "en": "It would start at {starts_at}, which has passed.",
        "zh-CN": "开始时间 {starts_at} 已过。",
    },
    "published_cannot_move": {
        "en": "People have planned with {starts_at}: time and room of a published activity are not "
        "changed like the rest of its plan. Move it; everybody signed up is told.",
        "zh-CN": "已有读者按 {starts_at} 安排：已发布活动的时间和空间不能直接修改。"
        "请使用“调整时间或地点”，系统会通知所有报名者。",
    },
    "activity_has_begun": {
        "en": "It began at {starts_at}; what has begun is not moved.",
        "zh-CN": "活动已于 {starts_at} 开始，不能再调整时间或地点。",
    },
    "move_waits": {
        "en": "A move to {starts_at} waits for its answer; drop it to ask for another.",
        "zh-CN": "调整至 {starts_at} 的申请正在等待答复；如需另行申请，请先撤回。",
    },
    "moves_nowhere": {
        "en": "It is at this time and place already ({starts_at}).",
        "zh-CN": "活动已在该时间和地点（{starts_at}）。",
    },
    "no_move": {
        "en": "There is no move to drop: it was carried out, or dropped before.",
        "zh-CN": "没有可撤回的调整：已经完成，或已撤回。",
    },
    "window_makes_no_sense": {
        "en": "Nothing can be looked for in such a stretch of time.",
        "zh-CN": "无法在这样的时间范围内查找。",
    },
    "window_reversed": {
        "en": "The time looked through ends at {to}, before it begins at {from}.",
        "zh-CN": "查找时段的结束时间 {to} 早于开始时间 {from}。",
    },
    "space_in_another_library": {
        "en": "The space {space_id} is in another library than the activity; once published, an "
        "activity stays in its library.",
        "zh-CN": "空间 {space_id} 与活动不属于同一图书馆；活动发布后不能移出所属图书馆。",
    },
    "capacity_below_taken": {
        "en": "{taken} places are taken; the capacity cannot be {capacity}.",
        "zh-CN": "已占用 {taken} 个名额，容量不能改为 {capacity}。",
    },
    "not_over_yet": {
        "en": "It ends at {ends_at}; it can be closed after that.",
        "zh-CN": "活动 {ends_at} 结束，之后才能结项。",
    },
    "already_over": {
        "en": "It ended at {ends_at}; close it instead.",
        "zh-CN": "活动已于 {ends_at} 结束，请改为结项。",
    },
    "people_came": {
        "en": "People recorded as having come: {people}. Take that back first, or close it.",
        "zh-CN": "已记录 {people} 人到场。请先撤销到场记录，或改为结项。",
    },
}
