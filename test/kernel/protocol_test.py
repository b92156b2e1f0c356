"""The kernel against jupyter_kernel_test, the Jupyter project's own tests of kernels.

Run by `npm run test:kernel-protocol`, which installs both and sets JUPYTER_PATH.
"""

import unittest

import jupyter_kernel_test


class TypeScriptKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "typescript"
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oops')"
    completion_samples = [
        {"text": "console.debu", "matches": {"debug"}},
        {"text": "const word = 'a'; word.toUpp", "matches": {"toUpperCase"}},
    ]
    complete_code_samples = ["1", "const a = 1", "function f() {\n  return 1;\n}", "`a\nb`"]
    incomplete_code_samples = ["function f() {", "const a = ", "`a", "f(", "/* a"]
    invalid_code_samples = ["a b", "'a", "const 1 = 2"]
    code_generate_error = "throw new Error('oops')"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "[{ a: 1 }]", "mime": "text/html"},
    ]
    code_display_data = [
        {
            "code": "import { display } from 'tslab'; display.html('<b>x</b>')",
            "mime": "text/html",
        },
        {"code": "import { display } from 'tslab'; display.svg('<svg/>')", "mime": "image/svg+xml"},
    ]
    code_history_pattern = "6?*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "console"
    code_clear_output = "import { clearOutput } from 'typescript-kernel'; clearOutput()"


class IopubWelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "typescript"
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main()
