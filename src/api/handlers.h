/* SPDX-License-Identifier: MIT */
/* handlers.h - the handlers that routes.c names, a section an area.
 * A handler is 3-8 lines: it takes a request that is checked, authorised and read, calls one
 * service, and says what to answer. FF_OK: *rp holds the answer (status 0 means by the row's
 * flags). Any other rc: the error in rq->cx becomes a problem+json body and *rp is ignored. */
#ifndef FF_API_HANDLERS_H
#define FF_API_HANDLERS_H

#include "api/route.h"

/* ---- system (system_api.c) ---- */
enum ff_rc ff_api_health(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_health_live(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_health_ready(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_metrics(struct ff_req *rq, struct ff_reply *rp);
/* As GET /health/ready says it. */
bool ff_api_is_ready(const struct ff_ctx *cx);
enum ff_rc ff_api_openapi(struct ff_req *rq, struct ff_reply *rp);

/* ---- auth (auth_api.c) ---- */
enum ff_rc ff_api_login(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_refresh(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_logout(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_auth_me(struct ff_req *rq, struct ff_reply *rp);

/* ---- kiosk (kiosk_api.c) ---- */
enum ff_rc ff_api_kiosk_pair(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_kiosk_ask(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_kiosk_claim(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_kiosk_identify(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_kiosk_me(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_kiosk_leave(struct ff_req *rq, struct ff_reply *rp);

/* ---- products, categories (product_api.c, category_api.c) ---- */
enum ff_rc ff_api_category_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_category_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_category_create(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_category_change(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_category_delete(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_product_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_product_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_product_create(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_product_change(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_product_switch(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_product_archive(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_product_import(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_barcode_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_barcode_add(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_barcode_remove(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_product_by_barcode(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_price_history(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_price_set(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_price_cancel(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_price_change(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_image_put(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_image_remove(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_image_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_kiosk_catalogue(struct ff_req *rq, struct ff_reply *rp);

/* ---- departments, employees (department_api.c, employee_api.c) ---- */
enum ff_rc ff_api_department_import(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_department_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_department_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_department_create(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_department_change(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_department_delete(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_employee_block(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_employee_unblock(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_own_limits_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_own_limits_set(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_ban_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_ban_add(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_ban_remove(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_cap_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_cap_set(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_group_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_group_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_group_create(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_group_change(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_group_delete(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_employee_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_employee_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_employee_create(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_employee_change(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_employee_pin(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_employee_import(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_kiosk_people(struct ff_req *rq, struct ff_reply *rp);

/* ---- privacy (privacy_api.c) ---- */
enum ff_rc ff_api_me_export(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_employee_export(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_employee_erase(struct ff_req *rq, struct ff_reply *rp);
/* ---- sheets to print (handout_api.c) ---- */
enum ff_rc ff_api_card_sheet(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_pin_sheet(struct ff_req *rq, struct ff_reply *rp);

/* ---- invitations (invite_api.c) ---- */
enum ff_rc ff_api_invite(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_invite_sheet(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_invite_import(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_welcome_look(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_welcome_accept(struct ff_req *rq, struct ff_reply *rp);

/* ---- badges, day cards (badge_api.c) ---- */
enum ff_rc ff_api_badge_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_badge_add(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_badge_block(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_badge_unblock(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_badge_remove(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_badge_code(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_badge_link(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_day_card_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_day_card_add(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_day_card_lend(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_day_card_return(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_day_card_remove(struct ff_req *rq, struct ff_reply *rp);

/* ---- site (site_api.c) ---- */
enum ff_rc ff_api_public(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_site_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_site_change(struct ff_req *rq, struct ff_reply *rp);

/* ---- wallet (wallet_api.c) ---- */
enum ff_rc ff_api_wallet_balance(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_wallet_statement(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_topup_create(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_payout_create(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_adjustment_create(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_movement_void(struct ff_req *rq, struct ff_reply *rp);

/* ---- undos (report_undos_api.c) ---- */
enum ff_rc ff_api_report_undos(struct ff_req *rq, struct ff_reply *rp);

/* ---- the counter (counter_api.c) ---- */
enum ff_rc ff_api_counter_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_counter_stop(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_counter_start(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_counter_notice(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_closed_day_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_closed_day_put(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_closed_day_delete(struct ff_req *rq, struct ff_reply *rp);

/* ---- cash drawers (till_api.c) ---- */
enum ff_rc ff_api_till_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_till_open(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_till_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_till_count(struct ff_req *rq, struct ff_reply *rp);

/* ---- opening balances, approvals (opening_api.c, approval_api.c) ---- */
enum ff_rc ff_api_opening_import(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_approval_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_approval_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_approval_approve(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_approval_reject(struct ff_req *rq, struct ff_reply *rp);
/* ---- months (period_api.c) ---- */
enum ff_rc ff_api_period_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_period_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_period_close(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_closed_months(struct ff_req *rq, struct ff_reply *rp);

/* ---- the books (ledger_api.c) ---- */
enum ff_rc ff_api_account_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_trial_balance(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_journal_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_ledger_head(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_ledger_verify(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_ledger_export(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_account_map_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_account_map_put(struct ff_req *rq, struct ff_reply *rp);

/* ---- payroll (payroll_api.c) ---- */
enum ff_rc ff_api_payroll_profile_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_payroll_profile_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_payroll_profile_create(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_payroll_profile_put(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_payroll_profile_delete(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_payroll_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_payroll_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_payroll_create(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_payroll_file(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_payroll_reject(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_payroll_confirm(struct ff_req *rq, struct ff_reply *rp);

/* ---- purchases (purchase_api.c) ---- */
enum ff_rc ff_api_purchase_create(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_purchase_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_purchase_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_purchase_by_key(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_purchase_undo(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_purchase_quote(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_cost_centre_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_cost_centre_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_cost_centre_create(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_cost_centre_change(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_cost_centre_delete(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_subsidy_rule_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_subsidy_rule_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_subsidy_rule_create(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_subsidy_rule_change(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_subsidy_rule_delete(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_allowance_give(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_allowance_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_report_employer(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_refund_create(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_report_production(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_window_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_window_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_window_create(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_window_change(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_window_delete(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_menu_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_menu_set(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_menu_copy(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_menu_import(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_stock_import(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_stock_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_stock_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_stock_change(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_stock_moves(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_stock_receive(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_stock_count(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_stock_shrinkage(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_portions_set(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_kiosk_portions(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_report_sales(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_report_employees(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_report_low(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_report_debts(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_report_popular(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_product_popular(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_product_stats(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_employee_stats(struct ff_req *rq, struct ff_reply *rp);

/* ---- users, kiosk devices (user_api.c, device_api.c) ---- */
enum ff_rc ff_api_user_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_user_create(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_user_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_user_change(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_user_activate(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_user_deactivate(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_user_unlock(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_kiosk_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_kiosk_create(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_kiosk_code(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_kiosk_confirm(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_kiosk_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_kiosk_rename(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_kiosk_revoke(struct ff_req *rq, struct ff_reply *rp);

/* ---- sessions (session_api.c) ---- */
enum ff_rc ff_api_session_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_session_list_of(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_session_end(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_session_end_all_of(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_logout_all(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_step_up(struct ff_req *rq, struct ff_reply *rp);

/* ---- signing keys (key_api.c) ---- */
enum ff_rc ff_api_key_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_cache_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_cache_flush(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_key_rotate(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_key_revoke(struct ff_req *rq, struct ff_reply *rp);
/* ---- passwords (password_api.c) ---- */
enum ff_rc ff_api_password_change(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_forgot_password(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_reset_password(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_register(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_user_password(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_user_otp(struct ff_req *rq, struct ff_reply *rp);

/* ---- messages (mail_api.c) ---- */
enum ff_rc ff_api_mail_list(struct ff_req *rq, struct ff_reply *rp);

/* ---- operator (backup, test clock) ---- */
enum ff_rc ff_api_backup_create(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_export_create(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_test_clock(struct ff_req *rq, struct ff_reply *rp);

/* ---- audit ---- */
enum ff_rc ff_api_audit_list(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_audit_get(struct ff_req *rq, struct ff_reply *rp);
enum ff_rc ff_api_audit_verify(struct ff_req *rq, struct ff_reply *rp);

#endif
