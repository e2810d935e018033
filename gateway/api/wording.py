"""The sentences for the gateway's codes, in both languages."""

WORDING: dict[str, dict[str, str]] = {
    "sign_in_failed": {
        "en": "Login and password do not belong together.",
        "zh-CN": "登录名与密码不匹配。",
    },
    "too_many_attempts": {
        "en": "Too many failed attempts. Try again in {seconds} seconds.",
        "zh-CN": "失败次数过多，请在 {seconds} 秒后重试。",
    },
    "present_password_wrong": {
        "en": "That is not the present password.",
        "zh-CN": "当前密码不正确。",
    },
    "own_password_not_reset": {
        "en": "Administrators change their own password in their settings, by the present one.",
        "zh-CN": "管理员请在个人设置中凭当前密码修改自己的密码。",
    },
    "passwords_not_for_programs": {
        "en": "A token with scopes cannot change passwords.",
        "zh-CN": "带权限范围的令牌不能修改密码。",
    },
    "api_token_refused": {
        "en": "This API token is unknown, revoked or expired.",
        "zh-CN": "该 API 令牌不存在、已撤销或已过期。",
    },
    "account_rejected": {
        "en": "The account cannot look like this.",
        "zh-CN": "账号内容不合要求。",
    },
    "faculty_rejected": {
        "en": "A faculty cannot be named like this.",
        "zh-CN": "院系名称不合要求。",
    },
    "login_taken": {
        "en": "Another account has this login or number.",
        "zh-CN": "该登录名或学工号已被其他账号使用。",
    },
    "api_token_rejected": {
        "en": "The API token cannot look like this.",
        "zh-CN": "API 令牌内容不合要求。",
    },
    "people_file_unreadable": {
        "en": "The file cannot be read as a list of people; no row was imported.",
        "zh-CN": "无法将该文件读作人员名单；未导入任何一行。",
    },
    "own_admin_role_kept": {
        "en": "Administrators cannot take that role from themselves.",
        "zh-CN": "管理员不能取消自己的管理员角色。",
    },
    "token_makes_none": {
        "en": "A token makes no other tokens: sign in yourself for that.",
        "zh-CN": "令牌不能再创建令牌，请本人登录后操作。",
    },
    "scope_not_held": {
        "en": "The token this was asked with does not carry the scope {scope}.",
        "zh-CN": "所用令牌不含权限范围 {scope}。",
    },
    "mail_not_parked": {
        "en": "Only a mail that was given up can be tried anew; this one is {status}.",
        "zh-CN": "只有已放弃投递的邮件才能重试；该邮件当前状态为 {status}。",
    },
    "missing": {
        "en": "{field} is missing.",
        "zh-CN": "缺少 {field}。",
    },
    "no_name": {
        "en": "A name is missing: family name or given name, one of the two.",
        "zh-CN": "缺少姓名：姓与名至少填写一项。",
    },
    "too_long": {
        "en": "{field} is longer than {most} characters.",
        "zh-CN": "{field} 超过 {most} 个字符。",
    },
    "control_character": {
        "en": "{field} contains a control character.",
        "zh-CN": "{field} 含有控制字符。",
    },
    "not_one_of": {
        "en": "{field} must be one of: {choices}.",
        "zh-CN": "{field} 必须是其中之一：{choices}。",
    },
    "admin_holds_everywhere": {
        "en": "Administrators work in every library; give a role for some libraries without it.",
        "zh-CN": "管理员的权限覆盖所有图书馆；若只限部分图书馆，请勿授予管理员角色。",
    },
    "study_year_out_of_range": {
        "en": "The study year must be from {least} to {most}.",
        "zh-CN": "年级应在 {least} 至 {most} 之间。",
    },
    "mail_malformed": {
        "en": "This is no mail address.",
        "zh-CN": "邮箱地址格式不正确。",
    },
    "password_too_short": {
        "en": "A password has at least {least} characters.",
        "zh-CN": "密码至少应有 {least} 个字符。",
    },
    "password_is_login": {
        "en": "The password must not be the login.",
        "zh-CN": "密码不能与登录名相同。",
    },
    "token_name_length": {
        "en": "A token's name has 1 to {most} characters.",
        "zh-CN": "令牌名称应为 1 至 {most} 个字符。",
    },
    "unknown_scope": {
        "en": "There is no scope {scope}.",
        "zh-CN": "没有权限范围 {scope}。",
    },
    "token_life_length": {
        "en": "A token lives 1 to {most} days.",
        "zh-CN": "令牌有效期应为 1 至 {most} 天。",
    },
    "too_many_tokens": {
        "en": "A person has at most {most} tokens; revoke one first.",
        "zh-CN": "每人最多 {most} 个令牌，请先撤销一个。",
    },
    "file_too_big": {
        "en": "The file is larger than {most_mebibytes} MiB.",
        "zh-CN": "文件大于 {most_mebibytes} MiB。",
    },
    "file_not_utf8": {
        "en": "The file is not UTF-8 (first wrong byte on line {line}); save it as CSV UTF-8.",
        "zh-CN": "文件不是 UTF-8 编码（首个错误字节在第 {line} 行），请另存为 CSV UTF-8。",
    },
    "file_empty": {
        "en": "The file is empty.",
        "zh-CN": "文件为空。",
    },
    "header_broken": {
        "en": "The first line cannot be read: a quotation mark is not closed.",
        "zh-CN": "无法读取首行：引号未闭合。",
    },
    "too_many_columns": {
        "en": "There are more than {most} columns.",
        "zh-CN": "列数超过 {most}。",
    },
    "column_repeated": {
        "en": "The column {column} appears twice.",
        "zh-CN": "列 {column} 重复出现。",
    },
    "columns_missing": {
        "en": "These columns are missing from the first line: {columns}.",
        "zh-CN": "首行缺少以下列：{columns}。",
    },
    "quoting_broken": {
        "en": "The row cannot be read: its quotation marks do not match.",
        "zh-CN": "无法读取该行：引号不匹配。",
    },
    "cell_count": {
        "en": "The row has {found} cells instead of {expected}.",
        "zh-CN": "该行有 {found} 个单元格，应为 {expected} 个。",
    },
    "number_repeated": {
        "en": "The number was already on line {first_line}; that line was taken.",
        "zh-CN": "该编号已在第 {first_line} 行出现，以该行为准。",
    },
    "not_a_number": {
        "en": "{field} must be a whole number.",
        "zh-CN": "{field} 必须是整数。",
    },
    "role_not_importable": {
        "en": "By file only these roles can be given: {choices}.",
        "zh-CN": "通过文件只能授予以下角色：{choices}。",
    },
    "local_sign_in_off": {
        "en": "Here people sign in with the campus; there are no passwords of ours.",
        "zh-CN": "本馆使用校园统一身份认证登录，不使用本地密码。",
    },
    "provider_rejected": {
        "en": "The sign-in provider cannot look like this.",
        "zh-CN": "登录提供方的内容不合要求。",
    },
    "provider_taken": {
        "en": "There is a sign-in provider with this issuer and client already.",
        "zh-CN": "已有相同签发者和客户端的登录提供方。",
    },
    "last_way_in": {
        "en": "Then nobody could sign in: keep passwords on, or a provider switched on.",
        "zh-CN": "这样将无人能够登录：请保留本地密码登录，或至少启用一个登录提供方。",
    },
    "provider_silent": {
        "en": "A provider is switched on only while it answers as it should ({trouble}).",
        "zh-CN": "登录提供方须能正常应答才可启用（{trouble}）。",
    },
    "no_administrator_connected": {
        "en": "Then no administrator could sign in: none has signed in through a provider that"
        " stays switched on.",
        "zh-CN": "这样将没有管理员能够登录：尚无管理员通过仍启用的登录提供方登录过。",
    },
    "own_account_kept": {
        "en": "Administrators cannot close the account they work with.",
        "zh-CN": "管理员不能停用自己正在使用的账号。",
    },
    "campus_sign_in_failed": {
        "en": "Signing in with the campus did not work: {why}.",
        "zh-CN": "校园统一身份认证登录未成功：{why}。",
    },
    "provider_name": {
        "en": "{field} has 1 to {most} characters.",
        "zh-CN": "{field} 应为 1 至 {most} 个字符。",
    },
    "issuer_address": {
        "en": "The issuer is an https address without a query.",
        "zh-CN": "签发者应为不带查询参数的 https 地址。",
    },
    "scope_openid_missing": {
        "en": "The scopes must include openid.",
        "zh-CN": "权限范围必须包含 openid。",
    },
    "scope_malformed": {
        "en": "A scope is a word of ASCII characters.",
        "zh-CN": "权限范围应为由 ASCII 字符组成的单词。",
    },
    "too_many_providers": {
        "en": "There are at most {most} sign-in providers.",
        "zh-CN": "登录提供方最多 {most} 个。",
    },
    "trusted_number_unread": {
        "en": "Numbers can only be trusted when a claim for them is named.",
        "zh-CN": "须先指定学工号对应的声明，才能信任学工号。",
    },
}
