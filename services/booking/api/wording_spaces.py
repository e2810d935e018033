"""What is said to people about spaces, hours and looking for time."""

from shared.web.wording import Wording

WORDING_SPACES: Wording = {
    "makes_no_sense": {
        "en": "What was described cannot be; see violations.",
        "zh-CN": "所述内容不成立，详见 violations。",
    },
    "display_key_unknown": {
        "en": "This screen's key is not one of this space: it was taken back, or is for another "
        "space. Please ask the staff for a new one.",
        "zh-CN": "此屏幕的密钥不属于该空间：已被收回，或属于其他空间。请向馆员索取新密钥。",
    },
    "code_taken": {
        "en": "The code {code} is taken.",
        "zh-CN": "编号 {code} 已被使用。",
    },
    "unknown_timezone": {
        "en": "{timezone} is not a time zone of the IANA database.",
        "zh-CN": "{timezone} 不是 IANA 数据库中的时区。",
    },
    "unknown_space_type": {
        "en": "{space_type} is not a type of space.",
        "zh-CN": "{space_type} 不是空间类型。",
    },
    "unknown_space_kind": {
        "en": "{space_kind} is not a kind of space.",
        "zh-CN": "{space_kind} 不是空间类别。",
    },
    "unknown_weekday": {
        "en": "Weekdays are 0 (Monday) to 6, not {weekday}.",
        "zh-CN": "星期应为 0（星期一）至 6，而非 {weekday}。",
    },
    "capacity_out_of_range": {
        "en": "A space has {least} to {most} places, not {capacity}.",
        "zh-CN": "空间容量应为 {least} 至 {most} 人，而非 {capacity}。",
    },
    "name_missing": {
        "en": "{field} is empty.",
        "zh-CN": "{field} 为空。",
    },
    "hours_impossible": {
        "en": "Hours lie within a day and close after they open; {opens} to {closes} min do not.",
        "zh-CN": "开放时段须在一天之内且先开后闭：{opens} 至 {closes} 分钟不成立。",
    },
    "hours_exception_overlaps": {
        "en": "{name_en} already says what holds from {first_day} to {last_day}.",
        "zh-CN": "“{name_zh}”已规定 {first_day} 至 {last_day} 的开放时间。",
    },
    "days_reversed": {
        "en": "The last day, {last_day}, is before the first, {first_day}.",
        "zh-CN": "最后一天 {last_day} 早于第一天 {first_day}。",
    },
    "exception_too_long": {
        "en": "{days} days are too many for one exception; {most} are the most.",
        "zh-CN": "一次例外最多 {most} 天，{days} 天过长。",
    },
    "window_makes_no_sense": {
        "en": "Nothing can be looked for in such a stretch of time.",
        "zh-CN": "无法在这样的时间范围内查找。",
    },
    "window_reversed": {
        "en": "The earliest start has to be before the latest end.",
        "zh-CN": "最早开始须早于最晚结束。",
    },
    "window_too_short": {
        "en": "Between the earliest start and the latest end are {window_minutes} minutes: "
        "too few for {minutes} minutes.",
        "zh-CN": "最早开始与最晚结束之间只有 {window_minutes} 分钟，不足 {minutes} 分钟。",
    },
    "window_too_wide": {
        "en": "One can look ahead over {most_days} days at once, not more.",
        "zh-CN": "一次最多查找 {most_days} 天。",
    },
    "window_past": {
        "en": "That time is past.",
        "zh-CN": "该时间已过。",
    },
    "nothing_so_large": {
        "en": "No space of this kind holds {party_size} people; the largest holds {most}.",
        "zh-CN": "没有能容纳 {party_size} 人的此类空间，最大的可容纳 {most} 人。",
    },
    "nothing_reservable": {
        "en": "There is no space of this kind that you could reserve for so many people.",
        "zh-CN": "没有您可按此人数预约的此类空间。",
    },
    "nothing_so_equipped": {
        "en": "No space of this kind has everything you wish for.",
        "zh-CN": "没有同时具备所选全部设施的此类空间。",
    },
    "beyond_horizon": {
        "en": "That is too far ahead: at present one can reserve until {last_day}.",
        "zh-CN": "该日期过远，目前只能预约至 {last_day}。",
    },
    "closed_on_day": {
        "en": "Closed on {day}.",
        "zh-CN": "{day} 闭馆。",
    },
    "outside_hours": {
        "en": "Closed at that time; on {day} it is open {open}.",
        "zh-CN": "该时段不开放；{day} 开放时间为 {open}。",
    },
    "own_in_the_way": {
        "en": "You have a reservation of your own then.",
        "zh-CN": "您此时已有预约。",
    },
    "all_taken": {
        "en": "All are taken then.",
        "zh-CN": "该时段已全部约满。",
    },
    "calendar_unreadable": {
        "en": "This is not a calendar file (.ics).",
        "zh-CN": "这不是日历文件（.ics）。",
    },
    "component_unreadable": {
        "en": "The dates of this entry cannot be read.",
        "zh-CN": "无法读取该条目的日期。",
    },
    "not_whole_days": {
        "en": "The entry names times of day; only whole days are taken over.",
        "zh-CN": "该条目带有具体时间，只能导入全天条目。",
    },
    "not_an_event": {
        "en": "The entry is not an event.",
        "zh-CN": "该条目不是日程。",
    },
    "repeats": {
        "en": "The entry repeats; please give each day its own entry.",
        "zh-CN": "该条目为重复日程，请逐日列出。",
    },
    "event_cancelled": {
        "en": "The entry has been cancelled.",
        "zh-CN": "该条目已取消。",
    },
    "too_many_components": {
        "en": "Too many at once; please send the rest in a second file.",
        "zh-CN": "一次导入的条目过多，请将其余条目另存为文件再导入。",
    },
    "file_unreadable": {
        "en": "This is no table with the columns that are needed: {columns}.",
        "zh-CN": "文件不是有效的表格，缺少以下列：{columns}。",
    },
    "too_many_rows": {
        "en": "More than {most} rows; please send them in several files.",
        "zh-CN": "超过 {most} 行，请分成多个文件导入。",
    },
    "zone_unknown": {
        "en": "There is no single zone with the code {zone}.",
        "zh-CN": "没有编号为 {zone} 的区域，或有多个同号区域。",
    },
    "space_is_out_of_use": {
        "en": "{code} is out of use and was left alone.",
        "zh-CN": "{code} 已停用，未作更改。",
    },
}
