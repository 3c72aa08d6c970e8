// Microsoft's own parser of Transact-SQL: reads queries in base64, one a line, and answers each with a line:
// the functions that it calls, with commas between, behind "+"; or what is wrong with it, behind "-".
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.SqlServer.TransactSql.ScriptDom;

class Calls : TSqlFragmentVisitor {
    public readonly SortedSet<string> Names = new SortedSet<string>();
    public override void Visit(FunctionCall call) { Names.Add(call.FunctionName.Value.ToUpperInvariant()); }
}

class Program {
    static string Answer(TSqlParser parser, string sql) {
        IList<ParseError> errors;
        var tree = parser.Parse(new StringReader(sql), out errors) as TSqlScript;
        if (errors.Count > 0) {
            var first = errors[0];
            return "-line " + first.Line + ", column " + first.Column + ": " + first.Message.Replace('\n', ' ').Replace('\r', ' ');
        }
        int statements = tree.Batches.Sum(batch => batch.Statements.Count);
        if (statements != 1) return "-" + statements + " statements";
        var calls = new Calls();
        tree.Accept(calls);
        return "+" + string.Join(",", calls.Names);
    }

    static void Main() {
        // Names in double quotes are names, as they are unless somebody turns it off.
        var parser = new TSql150Parser(true);
        string line;
        while ((line = Console.In.ReadLine()) != null) {
            Console.Out.WriteLine(Answer(parser, Encoding.UTF8.GetString(Convert.FromBase64String(line))));
            Console.Out.Flush();
        }
    }
}
